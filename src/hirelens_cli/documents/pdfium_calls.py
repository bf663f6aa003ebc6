"""How pdfium is called: its C functions without the checks and conversions that would cost more than the work.

A page needs thousands of calls, so that what one costs matters: 0.5 us through pypdfium2's own prototypes, 0.2 us where
handles go as integers, 0.1 us where every argument was made ready before. Only what is imported here knows pypdfium2.
"""

from __future__ import annotations

import ctypes
from typing import Any

import pypdfium2.raw as _raw  # its package starts the library

TEXT, PATH, IMAGE, SHADING, FORM = 1, 2, 3, 4, 5
"""Types of page objects."""

HANDLE, INT, FLOAT, DOUBLE = ctypes.c_void_p, ctypes.c_int, ctypes.c_float, ctypes.c_double

reference: Any = HANDLE.from_param
"""A handle as an argument that needs no conversion when it is passed."""


def prototype(name: str, result: Any, *arguments: Any) -> Any:
    """The C function `name` of pdfium, called without releasing the interpreter's lock."""
    return ctypes.cast(getattr(_raw, name), ctypes.PYFUNCTYPE(result, *arguments))


def bare(name: str, result: Any) -> Any:
    """The C function `name`, its arguments passed as they are: handles by `reference`, pointers by `ctypes.byref`."""
    function = prototype(name, result)
    function.argtypes = None
    return function


def asks_for_password() -> bool:
    """Whether the document that could not be opened last wants a password."""
    return bool(_raw.FPDF_GetLastError() == _raw.FPDF_ERR_PASSWORD)
