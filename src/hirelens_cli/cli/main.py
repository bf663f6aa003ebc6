"""The `hirelens` command: which commands there are, and how it starts and ends."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Annotated, cast

import typer

from hirelens_cli import __version__
from hirelens_cli.cli import (
    access_command,
    audit_command,
    cluster_command,
    completion_command,
    config_command,
    correct_command,
    decide_command,
    doctor_command,
    estimate_command,
    eval_command,
    explain_command,
    forget_command,
    ingest_command,
    init_command,
    job_command,
    models_command,
    notice_command,
    profile_command,
    rank_command,
    read_command,
    region_command,
    report_command,
    retain_command,
    retry_command,
    runs_command,
    schema_command,
    shard_command,
    sql_command,
    taxonomy_command,
    tune_command,
    watch_command,
    whatif_command,
)
from hirelens_cli.cli.completion_command import complete
from hirelens_cli.cli.console import mute, prepare_streams
from hirelens_cli.cli.exits import explain, stop_on_sigterm
from hirelens_cli.cli.expand import expanded
from hirelens_cli.errors import ExitCode

if TYPE_CHECKING:
    from typer.core import TyperGroup

NAME = "hirelens"

EPILOG = """\b
Examples:
  hirelens init trial --example
  hirelens rank resumes/ --job job.pdf
  hirelens explain resumes/amara.pdf --job job.pdf
  hirelens rank --help

Exit codes are listed in docs/exit-codes.md; 3 means that some documents could not be screened.
"""


def _new(help_text: str, epilog: str | None = None) -> typer.Typer:
    return typer.Typer(
        help=help_text,
        epilog=epilog,
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    )


app = _new("Screens resumes in batch: a shortlist in which every point is tied to a line of the resume.", EPILOG)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"hirelens {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", "-V", callback=_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    pass


_GROUPS = {
    "shard": _new("A large batch in shards that run anywhere."),
    "region": _new("One shortlist across regions that keep their documents."),
    "cluster": _new("A cluster of machines."),
    "job": _new("Job descriptions, as they are understood."),
    "runs": _new("Finished runs: listed, compared, proved, pruned."),
    "taxonomy": _new("The skills that are known."),
    "models": _new("The models that match by meaning."),
    "config": _new("The settings in force."),
}
_COMMANDS: tuple[tuple[str, Callable[..., object], str, str], ...] = (
    ("init", init_command.init, init_command.EXAMPLES, "Begin a folder, with examples if you like."),
    ("rank", rank_command.rank, rank_command.EXAMPLES, "Rank resumes against job descriptions."),
    ("watch", watch_command.watch, watch_command.EXAMPLES, "Screen what arrives in a folder."),
    ("explain", explain_command.explain, explain_command.EXAMPLES, "Explain one candidate's score."),
    ("whatif", whatif_command.whatif, whatif_command.EXAMPLES, "Show the order under other weights."),
    ("decide", decide_command.decide, decide_command.EXAMPLES, "Record what a person decided."),
    ("report", report_command.report, report_command.EXAMPLES, "Write a run as one HTML file."),
    ("ingest", ingest_command.ingest, ingest_command.EXAMPLES, "Read and understand resumes, no job yet."),
    ("retry", retry_command.retry, retry_command.EXAMPLES, "Read again what was not screened."),
    ("read", read_command.read, read_command.EXAMPLES, "Show what was read of one file."),
    ("profile", profile_command.profile, profile_command.EXAMPLES, "Show what was understood of one resume."),
    ("tune", tune_command.tune, tune_command.EXAMPLES, "Propose weights from people's labels."),
    ("eval", eval_command.evaluate, eval_command.EXAMPLES, "Measure an order by people's labels."),
    ("audit", audit_command.audit, audit_command.EXAMPLES, "Compare outcomes by sex, race and ethnicity."),
    ("notice", notice_command.notice, notice_command.NOTICE_EXAMPLES, "Write what candidates should know before."),
    (
        "adverse-pack",
        notice_command.adverse_pack,
        notice_command.PACK_EXAMPLES,
        "Write what a candidate should be told after a decision.",
    ),
    ("correct", correct_command.correct, correct_command.EXAMPLES, "Put right what was understood, and score again."),
    ("access", access_command.access, access_command.EXAMPLES, "Show all that is kept about a candidate."),
    ("retain", retain_command.retain, retain_command.EXAMPLES, "Take out what is older than it may be."),
    ("forget", forget_command.forget, forget_command.EXAMPLES, "Take a person's documents out for good."),
    ("sql", sql_command.sql, sql_command.EXAMPLES, "Ask the store in SQL."),
    ("schema", schema_command.schema, schema_command.EXAMPLES, "Show what the store holds."),
    ("doctor", doctor_command.doctor, doctor_command.EXAMPLES, "Check the installation and the workspace."),
    ("completion", completion_command.completion, completion_command.EXAMPLES, "Print a shell's completion script."),
    ("job parse", job_command.parse, job_command.PARSE_EXAMPLES, "Write a job as a TOML file to edit."),
    ("job lint", job_command.lint, job_command.LINT_EXAMPLES, "Point at what is unclear, unlawful or biased."),
    ("job cost", job_command.cost, job_command.COST_EXAMPLES, "Price each requirement by a pool."),
    ("runs list", runs_command.list_runs, runs_command.LIST_EXAMPLES, "List the finished runs."),
    ("runs show", runs_command.show_run, runs_command.SHOW_EXAMPLES, "Show one run and its terms."),
    ("runs diff", runs_command.diff, runs_command.DIFF_EXAMPLES, "Show who moved between two runs, and why."),
    ("runs prune", runs_command.prune, runs_command.PRUNE_EXAMPLES, "Remove old runs, and caches that are not needed."),
    ("runs verify", runs_command.verify, runs_command.VERIFY_EXAMPLES, "Prove that a run is what it was."),
    ("shard plan", shard_command.plan, shard_command.PLAN_EXAMPLES, "Freeze a batch and deal it out into shards."),
    ("shard run", shard_command.run, shard_command.RUN_EXAMPLES, "Prepare one shard, anywhere."),
    ("shard merge", shard_command.merge, shard_command.MERGE_EXAMPLES, "Make one shortlist of all shards."),
    ("region export", region_command.export, region_command.EXPORT_EXAMPLES, "Write what may leave a region."),
    ("region merge", region_command.merge, region_command.MERGE_EXAMPLES, "Make one shortlist across regions."),
    ("cluster local", cluster_command.local, cluster_command.EXAMPLES, "Start a cluster on this machine, to try."),
    ("estimate", estimate_command.estimate, estimate_command.EXAMPLES, "Say how long a batch would take."),
    ("taxonomy show", taxonomy_command.show, taxonomy_command.SHOW_EXAMPLES, "Show skills and their names."),
    ("taxonomy test", taxonomy_command.find, taxonomy_command.TEST_EXAMPLES, "Show which skills a text names."),
    ("taxonomy add", taxonomy_command.add, taxonomy_command.ADD_EXAMPLES, "Add a file of skills of your own."),
    ("taxonomy unlisted", taxonomy_command.unlisted, taxonomy_command.UNLISTED_EXAMPLES, "List what is not known."),
    ("models list", models_command.list_models, models_command.LIST_EXAMPLES, "List the models and how to get them."),
    ("models build", models_command.build, models_command.BUILD_EXAMPLES, "Build a model from published weights."),
    ("models verify", models_command.verify, models_command.VERIFY_EXAMPLES, "Prove that models are what they were."),
    ("config show", config_command.show, config_command.EXAMPLES, "Show every setting and its origin."),
)
"""Words, function, examples, and the line in the list of commands."""

for _words, _function, _examples, _summary in _COMMANDS:
    _group, _, _name = _words.rpartition(" ")
    (_GROUPS[_group] if _group else app).command(_name, short_help=_summary, epilog=_examples)(
        expanded(_function, _words)
    )
for _name, _typer in _GROUPS.items():
    app.add_typer(_typer, name=_name)


def main(arguments: Sequence[str]) -> int:
    """Run one command line; the exit status. Everything that is raised ends here, in words."""
    mute(on=False)
    command = typer.main.get_command(app)
    try:
        with command.make_context(NAME, list(arguments)) as context:
            result = command.invoke(context)
        sys.stdout.flush()
    except BaseException as error:
        try:
            return int(explain(error))
        except BrokenPipeError:
            return ExitCode.DONE
    return result if isinstance(result, int) else ExitCode.DONE


def run() -> None:
    """The console script."""
    prepare_streams()
    stop_on_sigterm()
    if "_HIRELENS_COMPLETE" in os.environ:
        complete(cast("TyperGroup", typer.main.get_command(app)))
    code = main(sys.argv[1:])
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BrokenPipeError:
            # What is still buffered has no reader; without this Python complains about it at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    sys.exit(code)
