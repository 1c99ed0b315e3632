"""Printed paper, the edge of a book, a record's label."""

from pathlib import Path

from nodes import Shader


def paper(picture: Path | None = None, colour="#f4efe6", rough=0.7, *, grain=0.12, coat=0.0):
    """Paper, printed with a picture (UV) or plain."""
    m = Shader("paper")
    return m.finish(
        m.principled(
            Base_Color=m.image(picture, "EXTEND") if picture else colour,
            Roughness=rough,
            Normal=m.bump(m.noise(150, 4), grain, 0.006),
            Specular_IOR_Level=0.3,
            Coat_Weight=coat,
            Coat_Roughness=0.12,
        )
    )


def book_edge(colour: str = "#f1ead9"):
    """The cut edge of a block of pages lying flat: fine lines stacked along z."""
    m = Shader("pages")
    leaves = m.noise(1, 3, 0.8, at=m.mapping((2, 2, 260)))
    tone = m.mix(m.step(leaves, 0.35, 0.6), colour, "#c9bea6")
    return m.finish(m.principled(Base_Color=tone, Roughness=0.9, Normal=m.bump(leaves, 0.4, 0.01)))


def record_label(picture: Path):
    """A round label of diameter 1 (10 cm), centred on the object's origin, printed from above."""
    m = Shader("record label")
    at = m.mapping(shift=(0.5, 0.5, 0))
    return m.finish(m.principled(Base_Color=m.image(picture, at=at), Roughness=0.5))
