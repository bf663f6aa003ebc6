"""What deploy/ starts, as far as that can be seen without a cluster."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml

from hirelens_cli.backends.dask.local import SETTINGS
from hirelens_cli.backends.telemetry.metrics import METRICS, MetricsFile
from hirelens_cli.cli.main import app
from hirelens_cli.config import load
from hirelens_cli.ports import Fact, Queue

ROOT = Path(__file__).resolve().parent.parent
DEPLOY = ROOT / "deploy"
PROFILES = ("laptop", "server", "cluster", "multi-region")
MANIFESTS = ("indexed-job", "dask-cluster")


def submit(tmp_path: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the SLURM script with a `hirelens` that prints what it was told."""
    stub = tmp_path / "hirelens"
    stub.write_text('#!/bin/sh\nprintf "%s\\n" "$@"\n')
    stub.chmod(0o755)
    return subprocess.run(
        ["bash", DEPLOY / "slurm" / "hirelens-array.sh", *words],
        env={"PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def understood(words: list[str]) -> dict[str, object]:
    """The words after `hirelens` as its command understands them; raises where it does not."""
    command = typer.main.get_command(app)
    while hasattr(command, "commands"):
        name, *words = words
        command = command.commands[name]
    return command.make_context(name, words).params


def manifests(name: str) -> list[dict[str, Any]]:
    """The objects of a file, a List taken apart."""
    found = yaml.safe_load((DEPLOY / "kubernetes" / f"{name}.yaml").read_text())
    return found["items"] if found["kind"] == "List" else [found]


def mounts_are_volumes(workload: dict[str, Any]) -> bool:
    """Whether each container mounts what its pod has, and nothing the pod has is left over."""
    pod = workload["spec"]["template"]["spec"]
    mounted = {mount["name"] for container in pod["containers"] for mount in container["volumeMounts"]}
    return mounted == {volume["name"] for volume in pod["volumes"]}


def test_a_slurm_task_runs_the_shard_of_its_number(tmp_path: Path) -> None:
    done = submit(tmp_path, "/scratch/my plan", "--root", "/data", SLURM_ARRAY_TASK_ID="5", SLURM_CPUS_PER_TASK="4")
    assert done.returncode == 0, done.stderr
    told = understood(done.stdout.splitlines())
    assert (told["plan"], told["index"], told["workers"], told["root"]) == ("/scratch/my plan", 5, 4, "/data")
    assert told["allow_unscreened"] is True


def test_a_slurm_job_that_is_no_array_says_so(tmp_path: Path) -> None:
    assert "--array" in submit(tmp_path, "/scratch/plan").stderr
    assert "PLAN" in submit(tmp_path, SLURM_ARRAY_TASK_ID="5").stderr


def test_a_pod_runs_the_shard_of_its_index() -> None:
    text = (DEPLOY / "kubernetes" / "indexed-job.yaml").read_text()
    words: list[str] = []
    for key in ("command", "args"):
        line = re.search(rf"^ +{key}: \[(.*)\]$", text, re.M)
        assert line is not None
        words += [word.strip().strip('"') for word in line[1].split(",")]
    assert words[0] == "hirelens"
    assert words[words.index("--index") + 1] == "$(JOB_COMPLETION_INDEX)"
    told = understood([word.replace("$(JOB_COMPLETION_INDEX)", "5") for word in words[1:]])
    assert (told["plan"], told["index"], told["root"], told["allow_unscreened"]) == ("/plan", 5, "/resumes", True)
    assert mounts_are_volumes(manifests("indexed-job")[0])
    mounted = set(re.findall(r"\{name: (\w+), mountPath", text))
    assert mounted == set(re.findall(r"^ {8}- name: (\w+)$", text, re.M)) - {"shard"}
    assert "completionMode: Indexed" in text


WORKLOADS = [item for item in manifests("dask-cluster") if "template" in item.get("spec", {})]


@pytest.mark.parametrize("workload", WORKLOADS, ids=lambda item: item["metadata"]["name"])
def test_every_pod_of_the_cluster_is_locked_down(workload: dict[str, Any]) -> None:
    pod = workload["spec"]["template"]["spec"]
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert pod["automountServiceAccountToken"] is False
    assert mounts_are_volumes(workload)
    for container in pod["containers"]:
        assert container["securityContext"]["readOnlyRootFilesystem"] is True
        assert container["securityContext"]["allowPrivilegeEscalation"] is False
        assert "memory" in container["resources"]["limits"]
    labels = workload["spec"]["template"]["metadata"]["labels"]
    selector = workload["spec"].get("selector", {}).get("matchLabels", labels)
    assert selector.items() <= labels.items()


def test_each_queue_has_workers_and_all_speak_tls() -> None:
    offered = set()
    for workload in WORKLOADS:
        words = [
            word
            for container in workload["spec"]["template"]["spec"]["containers"]
            for word in (*container["command"], *container["args"])
        ]
        if "--resources" in words:
            offered.add(words[words.index("--resources") + 1])
        assert not any(word.startswith("tcp://") for word in words)
        assert "/tls/key.pem" in words
    assert offered == {f"{queue}=1" for queue in Queue}


@pytest.mark.extras
def test_dask_measures_as_little_of_itself_in_every_pod_as_here() -> None:
    import dask
    import distributed  # its settings come with it

    assert distributed
    for workload in WORKLOADS:
        (container,) = workload["spec"]["template"]["spec"]["containers"]
        if container["command"][0] != "dask":
            continue
        given = {item["name"]: item["value"] for item in container["env"]}
        with dask.config.set(dask.config.collect_env(given)):
            for name in ("worker.profile.enabled", "admin.tick.interval", "admin.system-monitor.interval"):
                assert dask.config.get(f"distributed.{name}") == SETTINGS[f"distributed.{name}"]


def commands_in(path: Path) -> Iterator[list[str]]:
    """The words of each hirelens command that a comment of the file tells to type."""
    for line in path.read_text().splitlines():
        for told in re.findall(r"\bhirelens ((?:shard|rank|estimate|cluster) [^.;`#]+)", line) if "#" in line else ():
            yield told.split()


SAID = [words for path in sorted(DEPLOY.rglob("*")) if path.suffix in {".sh", ".yaml"} for words in commands_in(path)]


@pytest.mark.parametrize("words", SAID, ids=" ".join)
def test_what_comments_tell_to_type_is_understood(words: list[str]) -> None:
    assert understood(words)


def test_comments_tell_how_to_plan_and_to_merge() -> None:
    assert {tuple(words[:2]) for words in SAID} >= {("shard", "plan"), ("shard", "merge")}


def test_the_cluster_s_run_is_understood() -> None:
    job = next(item for item in manifests("dask-cluster") if item["kind"] == "Job")
    container = job["spec"]["template"]["spec"]["containers"][0]
    words = [*container["command"], *container["args"]]
    told = understood(words[1:])
    service = next(item for item in manifests("dask-cluster") if item["kind"] == "Service")
    assert told["scheduler"] == f"tls://{service['metadata']['name']}:{service['spec']['ports'][0]['port']}"
    assert (told["allow_unscreened"], told["log_format"].value) == (True, "json")


@pytest.mark.extras
@pytest.mark.parametrize("name", MANIFESTS)
def test_manifests_fit_the_schema_of_kubernetes(name: str) -> None:
    import kubernetes_validate

    for item in manifests(name):
        kubernetes_validate.validate(item, "1.30", strict=True)


def named_metrics(text: str) -> set[str]:
    """What PromQL in a text names of ours, without the endings of summaries."""
    found = set(re.findall(r"\bhirelens_[a-z_]+", text))
    return {re.sub(r"_(sum|count)$", "", name) if name not in METRICS else name for name in found}


def expressions() -> dict[str, str]:
    """Every PromQL expression of the dashboard and of the rules, by its title."""
    board = json.loads((DEPLOY / "grafana" / "hirelens.json").read_text())
    found = {
        f"{panel['title']}/{target['refId']}": target["expr"]
        for panel in board["panels"]
        for target in panel["targets"]
    }
    found["instance"] = board["templating"]["list"][1]["query"]
    groups = yaml.safe_load((DEPLOY / "prometheus" / "alerts.yml").read_text())["groups"]
    return found | {rule["alert"]: rule["expr"] for group in groups for rule in group["rules"]}


@pytest.mark.parametrize(("title", "expression"), sorted(expressions().items()))
def test_what_is_watched_is_written(title: str, expression: str) -> None:
    names = named_metrics(expression)
    assert names
    assert names <= METRICS.keys()
    for label, value in re.findall(r'(\w+)!?=~?"([^"$]+)"', expression):
        assert label in {"stage", "quantile", "outcome"}, label
        assert value in {"reading", "querying", "0.95", "0.99", "found"}, value


def test_the_dashboard_shows_every_kind_of_figure() -> None:
    shown = {name for expression in expressions().values() for name in named_metrics(expression)}
    assert {name for name in METRICS if name not in shown} <= {"hirelens_run_seconds", "hirelens_stage_wall_seconds"}
    board = json.loads((DEPLOY / "grafana" / "hirelens.json").read_text())
    assert len({panel["id"] for panel in board["panels"]}) == len(board["panels"])
    places = [(panel["gridPos"]["x"], panel["gridPos"]["y"]) for panel in board["panels"]]
    assert len(set(places)) == len(places)


@pytest.mark.extras
def test_prometheus_takes_the_rules_and_the_metrics(tmp_path: Path) -> None:
    rules = DEPLOY / "prometheus"
    for words in (["check", "rules", "alerts.yml"], ["test", "rules", "alerts.test.yml"]):
        done = subprocess.run(["promtool", *words], cwd=rules, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
    metrics = MetricsFile(tmp_path / "m")
    metrics.start("reading", 2, Queue.READING)
    metrics.advance(2, 1, 0.5)
    for fact, label in (
        (Fact.KEPT, "documents"),
        (Fact.MADE, "documents"),
        (Fact.UNSCREENED, "empty"),
        (Fact.FOUND, ""),
    ):
        metrics.tell(fact, 1, label)
    metrics.close()
    text = (tmp_path / "m").read_text()
    assert all(f"# TYPE {name} " in text for name in METRICS)
    done = subprocess.run(["promtool", "check", "metrics"], input=text, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.extras
def test_scripts_pass_shellcheck() -> None:
    done = subprocess.run(["shellcheck", *DEPLOY.rglob("*.sh")], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_image_runs_as_nobody_in_particular_and_holds_no_build() -> None:
    text = (DEPLOY / "docker" / "Dockerfile").read_text()
    lines = [line.split() for line in text.replace("\\\n", " ").splitlines() if line and not line.startswith("#")]
    known = {"FROM", "ARG", "WORKDIR", "COPY", "RUN", "ENV", "VOLUME", "USER", "ENTRYPOINT", "CMD"}
    assert {line[0] for line in lines} <= known
    stages = [index for index, line in enumerate(lines) if line[0] == "FROM"]
    assert len(stages) == 2
    last = lines[stages[1] :]
    users = [line[1] for line in last if line[0] == "USER"]
    assert users == ["1000:1000"]
    assert [line for line in last if line[0] == "COPY"] == [["COPY", "--from=build", "/opt/hirelens", "/opt/hirelens"]]
    assert last[-2:] == [["ENTRYPOINT", '["hirelens"]'], ["CMD", '["--help"]']]
    for line in lines[: stages[1]]:
        for source in line[1:-1] if line[0] == "COPY" else ():
            assert (ROOT / source).exists(), source
    ignored = (ROOT / ".dockerignore").read_text().splitlines()
    copied = {source.removeprefix("./") for line in lines[: stages[1]] if line[0] == "COPY" for source in line[1:-1]}
    assert copied == {line[1:] for line in ignored if line.startswith("!")}


@pytest.mark.parametrize("name", PROFILES)
def test_every_profile_is_understood_and_explained(name: str) -> None:
    path = ROOT / "configs" / f"{name}.toml"
    config, origins = load(path, environment={})
    assert origins
    assert set(origins.values()) == {str(path)}
    assert f"configs/{name}.toml" in path.read_text()
    assert f"configs/{name}.toml" in (ROOT / "docs" / "scaling.md").read_text()
    assert (config.engine == "dask") == (name in {"cluster", "multi-region"})
    assert bool(config.region) == (name == "multi-region")
