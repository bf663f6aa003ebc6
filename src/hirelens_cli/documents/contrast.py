"""When a colour is seen on another: shared by the formats that name colours instead of drawing them."""

from __future__ import annotations

Colour = tuple[int, int, int]
"""Red, green and blue, 0 to 255."""
Ground = Colour | None
"""What lies behind a text; None where that is unknown (a picture, a theme's gradient), and then all of it counts as seen."""

WHITE: Colour = (255, 255, 255)
SMALLEST = 2.2
"""Points. Letters below it are dust on paper and on a screen."""
FAINTEST = 20
"""A colour that differs by less than this in each of red, green and blue is not seen on the other one."""


def is_seen_on(colour: Colour | None, ground: Ground) -> bool:
    """Whether text of `colour` (None: automatic, so chosen to be read) is seen on `ground`."""
    if colour is None or ground is None:
        return True
    return max(abs(mine - other) for mine, other in zip(colour, ground, strict=True)) >= FAINTEST


def colour_of(value: str | None) -> Colour | None:
    """The colour of six hex digits; None for `auto` and anything else."""
    if value is None or len(value) != 6:
        return None
    try:
        number = int(value, 16)
    except ValueError:
        return None
    return number >> 16, number >> 8 & 255, number & 255
