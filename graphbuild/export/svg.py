"""SVG: a still picture of the graph for documents and web pages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from graphbuild.export.format import Format
from graphbuild.export.options import Options
from graphbuild.export.picture import PAPER, Arrow, Circle, Label, Picture, Shape, picture
from graphbuild.export.xmltext import text
from graphbuild.graph import KnowledgeGraph

FONTS = "system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"


def generate(drawn: Picture) -> Iterator[str]:
    """The file line by line."""
    size = f'width="{drawn.width:.0f}" height="{drawn.height:.0f}" viewBox="0 0 {drawn.width:.0f} {drawn.height:.0f}"'
    yield f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="{FONTS}">\n<title>Knowledge graph</title>\n'
    yield f'<rect width="100%" height="100%" fill="{PAPER}"/>\n'
    colours = sorted({shape.colour for shape in drawn.shapes if isinstance(shape, Arrow)})
    yield f"<defs>{''.join(map(_head, colours))}</defs>\n"
    for shape in drawn.shapes:
        yield _element(shape) + "\n"
    yield "</svg>\n"


def _head(colour: str) -> str:
    marker = f'<marker id="{_name(colour)}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7"'
    return f'{marker} markerUnits="userSpaceOnUse" orient="auto"><path d="M0,0L8,4L0,8z" fill="{colour}"/></marker>'


def _name(colour: str) -> str:
    return f"head-{colour[1:]}"


def _element(shape: Shape) -> str:
    match shape:
        case Arrow():
            ends = f'x1="{shape.x1}" y1="{shape.y1}" x2="{shape.x2}" y2="{shape.y2}"'
            dashes = ' stroke-dasharray="5 4"' if shape.dashed else ""
            look = f'stroke="{shape.colour}" stroke-width="{shape.width}"{dashes}'
            return f'<line {ends} {look} marker-end="url(#{_name(shape.colour)})"/>'
        case Circle():
            look = f'fill="{shape.colour}" stroke="{PAPER}" stroke-width="1.5"'
            return f'<circle cx="{shape.x}" cy="{shape.y}" r="{shape.radius}" {look}/>'
        case Label():
            turn = f' transform="rotate({shape.angle} {shape.x} {shape.y})"' if shape.angle else ""
            halo = f'stroke="{PAPER}" stroke-width="3" stroke-linejoin="round" paint-order="stroke"'
            look = f'font-size="{shape.size:g}" fill="{shape.colour}" text-anchor="{shape.anchor}" {halo}'
            return f'<text x="{shape.x}" y="{shape.y}" {look}{turn}>{text(shape.text)}</text>'


def write(graph: KnowledgeGraph, output: BinaryIO, options: Options) -> None:
    """Draw the best linked part of the graph."""
    for line in generate(picture(graph, options)):
        output.write(line.encode())


FORMAT = Format("svg", (".svg",), "SVG picture", write)
