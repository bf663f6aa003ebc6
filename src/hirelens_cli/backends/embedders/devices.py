"""Where a model computes: on the CPU, or on a GPU that the library at hand can use."""

from __future__ import annotations

from pathlib import Path

from hirelens_cli.errors import MissingExtraError, UsageError

DEVICES = ("cpu", "cuda", "auto")


def chosen(wanted: str, *, there: bool, remedy: str) -> str:
    """`cpu` or `cuda`: for auto whichever is `there`. Raises MissingExtraError with `remedy` where cuda is asked in vain."""
    if wanted not in DEVICES:
        raise UsageError(f"unknown device {wanted!r}", f"one of: {', '.join(DEVICES)}")
    if wanted == "cuda" and not there:
        raise MissingExtraError("there is no GPU that this installation can use", f"{remedy}, or take --device cpu")
    return "cuda" if there and wanted != "cpu" else "cpu"


def cpu_kernels() -> str:
    """The instruction sets that numeric libraries choose their kernels by, sorted; empty where the system does not say."""
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="ascii", errors="replace")
    except OSError:
        return ""
    lines = (line.partition(":") for line in text.splitlines())
    flags = next((value.split() for key, _, value in lines if key.strip() in ("flags", "Features")), [])
    telling = ("amx", "asimd", "avx", "bf16", "f16c", "fma", "i8mm", "sme", "sse4", "sve")
    return " ".join(sorted(flag for flag in set(flags) if flag.startswith(telling)))


def gpu_models() -> str:
    """The models of the NVIDIA GPUs as their driver names them; empty where there is none."""
    found = []
    for path in sorted(Path("/proc/driver/nvidia/gpus").glob("*/information")):
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
        found += [line.partition(":")[2].strip() for line in lines if line.startswith("Model:")]
    return ", ".join(found)
