"""As much of CSS as it takes to see that a text is hidden."""

from __future__ import annotations

import re
from typing import NamedTuple

from hirelens_cli.documents.contrast import WHITE, Colour, Ground, colour_of

_COMMENT = re.compile(r"/\*[^*]{0,20000}\*{1,9}(?:[^/*][^*]{0,20000}\*{1,9}){0,50}/")
_SIMPLE = re.compile(r"([a-z][a-z0-9]{0,20}|\*)?((?:[.#][\w-]{1,80})?)")
_NUMBER = re.compile(r"(-?\d{0,9}\.?\d{0,9})\s{0,3}(px|pt|em|rem|%|ex|ch|vw|mm|cm|in)?")
_RGB = re.compile(r"rgba?\(([^)]{1,60})\)")
_HSL = re.compile(r"hsla?\(")
_POINTS = {
    "px": 0.75,
    "pt": 1.0,
    "": 0.75,
    "em": 12.0,
    "rem": 12.0,
    "%": 0.12,
    "ex": 6.0,
    "ch": 6.0,
    "vw": 8.0,
    "mm": 2.83,
    "cm": 28.3,
    "in": 72.0,
}
"""Points per unit; relative ones at the 12 points that browsers begin with."""
_FAR = -1000.0
"""Points to the left or above: where nobody scrolls."""

_NAMED: dict[str, Colour] = {
    "white": WHITE,
    "black": (0, 0, 0),
    "red": (255, 0, 0),
    "green": (0, 128, 0),
    "blue": (0, 0, 255),
    "yellow": (255, 255, 0),
    "gray": (128, 128, 128),
    "grey": (128, 128, 128),
    "silver": (192, 192, 192),
    "navy": (0, 0, 128),
    "maroon": (128, 0, 0),
    "teal": (0, 128, 128),
    "snow": (255, 250, 250),
    "ivory": (255, 255, 240),
    "whitesmoke": (245, 245, 245),
    "ghostwhite": (248, 248, 255),
    "floralwhite": (255, 250, 240),
    "lightgray": (211, 211, 211),
    "lightgrey": (211, 211, 211),
    "darkgray": (169, 169, 169),
    "darkgrey": (169, 169, 169),
}

Declarations = dict[str, str]


class Sheet(NamedTuple):
    """The rules of a page's style sheets that name one element, class or id; at-rules (print, phones) do not count."""

    rules: dict[str, Declarations]
    """By selector: `p`, `.name`, `#id`, `p.name`."""
    paints: bool
    """Whether a rule too complex for us sets a background: then the ground of any text is unknown."""

    def of(self, tag: str, classes: list[str], identity: str) -> Declarations:
        """What the rules say of an element, weaker selectors first."""
        found: Declarations = {}
        if self.rules:
            for selector in (
                "*",
                tag,
                *(f".{name}" for name in classes),
                *(f"{tag}.{name}" for name in classes),
                f"#{identity}",
            ):
                found |= self.rules.get(selector, {})
        return found


def parsed_sheet(css: str) -> Sheet:
    """The rules of a style sheet's text."""
    rules: dict[str, Declarations] = {}
    paints = False
    selector, depth, is_at = "", 0, False
    for piece in re.split(r"([{}])", _COMMENT.sub("", css.lower())):
        if piece == "{":
            depth += 1
        elif piece == "}":
            depth = max(depth - 1, 0)
            is_at = is_at and depth > 0
        elif depth == 0:
            selector = piece.rsplit(";", 1)[-1].strip()
            is_at = selector.startswith("@")
        elif not is_at and depth == 1:
            said = declarations(piece)
            for part in selector.split(",")[:200]:
                name = part.strip()
                if name and _SIMPLE.fullmatch(name):
                    rules[name] = rules.get(name, {}) | said
                elif "background" in said or "background-color" in said:
                    paints = True
    return Sheet(rules, paints)


def declarations(style: str) -> Declarations:
    """`property: value` pairs of a style attribute, in lower case, the later of two winning."""
    pairs = (item.partition(":") for item in style.lower().split(";"))
    return {name.strip(): value.replace("!important", "").strip() for name, _, value in pairs if value}


def is_hiding(said: Declarations) -> bool:
    """Whether declarations take an element and all in it out of sight."""
    if (
        said.get("display") == "none"
        or said.get("visibility") in ("hidden", "collapse")
        or said.get("mso-hide") == "all"
    ):
        return True
    if _is_number(said.get("opacity")) and length(said["opacity"]) < 0.05:
        return True
    if said.get("position") in ("absolute", "fixed") and min(length(said.get("left")), length(said.get("top"))) < _FAR:
        return True
    if length(said.get("text-indent")) < _FAR or length(said.get("margin-left")) < _FAR:
        return True
    clipped = said.get("overflow", "").startswith(("hidden", "clip")) or said.get("overflow-x") == "hidden"
    sides = (said.get(side) for side in ("width", "height", "max-width", "max-height"))
    is_flat = any(_is_number(side) and length(side) < 1.6 for side in sides)
    return (clipped and is_flat) or said.get("clip", "").replace(" ", "") in ("rect(0,0,0,0)", "rect(0px,0px,0px,0px)")


def _is_number(value: str | None) -> bool:
    return value is not None and value[:1] in tuple("0123456789.")


def length(value: str | None) -> float:
    """Points, relative units at their usual size; 0 where it says none."""
    match = _NUMBER.match(value or "")
    try:
        return float(match[1]) * _POINTS[match[2] or ""] if match else 0.0
    except ValueError:
        return 0.0


def colour(value: str) -> Colour | None:
    """The colour of a CSS value; None where we cannot tell."""
    value = value.strip()
    if value.startswith("#"):
        digits = value[1:]
        return colour_of("".join(digit * 2 for digit in digits[:3]) if len(digits) in (3, 4) else digits[:6])
    if match := _RGB.match(value):
        parts = [part for part in re.split(r"[,\s/]{1,5}", match[1].strip()) if part]
        try:
            levels = [float(part.rstrip("%")) * (2.55 if part.endswith("%") else 1) for part in parts[:3]]
        except ValueError:
            return None
        return (int(levels[0]), int(levels[1]), int(levels[2])) if len(levels) == 3 else None
    return _NAMED.get(value)


def is_transparent(value: str) -> bool:
    """Whether a colour leaves nothing to see."""
    if value == "transparent":
        return True
    match = _RGB.match(value)
    parts = re.split(r"[,\s/]{1,5}", match[1].strip()) if match else []
    return len(parts) == 4 and parts[3] in ("0", "0.0", "0%", ".0")


def ground_of(said: Declarations, around: Ground) -> Ground:
    """What lies behind the text of an element, given what lies around it."""
    for name in ("background", "background-color"):
        value = said.get(name)
        if value is None or value in ("none", "inherit", "initial", "unset") or is_transparent(value):
            continue
        if "url(" in value or "gradient" in value or _HSL.search(value) or "var(" in value:
            return None
        words = [value] if "(" in value else value.split()
        around = next((found for word in words if (found := colour(word)) is not None), None)
    return None if "background-image" in said and said["background-image"] != "none" else around
