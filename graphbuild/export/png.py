"""PNG: the still picture as pixels, for slides and chats; needs Pillow."""

from __future__ import annotations

import math
from typing import Any, BinaryIO

from graphbuild.errors import OutputError
from graphbuild.export.format import Format
from graphbuild.export.options import Options
from graphbuild.export.picture import PAPER, Arrow, Circle, Label, Shape, picture
from graphbuild.graph import KnowledgeGraph

SCALE = 2  # pixels per point
DASH = 6.0  # points


def write(graph: KnowledgeGraph, output: BinaryIO, options: Options) -> None:
    """Draw the best linked part of the graph. Raises OutputError without Pillow."""
    try:
        from PIL import Image, ImageDraw
    except ImportError:
        raise OutputError(
            "PNG pictures need the package Pillow: pip install 'graphbuild[png]', or write .svg"
        ) from None
    drawn = picture(graph, options)
    size = (round(drawn.width * SCALE * 2), round(drawn.height * SCALE * 2))
    image = Image.new("RGB", size, PAPER)  # twice as large, for smooth lines
    draw = ImageDraw.Draw(image)
    for shape in drawn.shapes:
        _draw(draw, shape, 2 * SCALE)
    image = image.resize((size[0] // 2, size[1] // 2), Image.Resampling.LANCZOS)
    for shape in drawn.shapes:
        if isinstance(shape, Label):
            _write(image, shape)
    image.quantize(256, dither=Image.Dither.NONE).save(output, "PNG", optimize=True)  # a third of the size


def _draw(draw: Any, shape: Shape, scale: int) -> None:
    if isinstance(shape, Circle):
        box = [(c - shape.radius) * scale for c in (shape.x, shape.y)]
        draw.ellipse([*box, *(value + 2 * shape.radius * scale for value in box)], fill=shape.colour)
    elif isinstance(shape, Arrow):
        length = math.hypot(shape.x2 - shape.x1, shape.y2 - shape.y1) or 1.0
        dx, dy = (shape.x2 - shape.x1) / length, (shape.y2 - shape.y1) / length
        step = DASH if shape.dashed else length
        at = 0.0
        while at < length:
            to = min(at + step, length)
            ends = [shape.x1 + dx * at, shape.y1 + dy * at, shape.x1 + dx * to, shape.y1 + dy * to]
            draw.line([value * scale for value in ends], fill=shape.colour, width=round(shape.width * scale))
            at += 2 * step
        tip = [(0.0, 0.0), (-7.0, 3.5), (-7.0, -3.5)]
        points = [(shape.x2 + a * dx - b * dy, shape.y2 + a * dy + b * dx) for a, b in tip]
        draw.polygon([(x * scale, y * scale) for x, y in points], fill=shape.colour)


def _write(image: Any, label: Label) -> None:
    """Text with a halo; slanted text is drawn apart and turned."""
    from PIL import Image, ImageDraw, ImageFont

    font = ImageFont.load_default(label.size * SCALE)
    x, y = label.x * SCALE, label.y * SCALE
    anchor = "ms" if label.anchor == "middle" else "ls"
    if not label.angle:
        draw = ImageDraw.Draw(image)
        draw.text((x, y), label.text, label.colour, font, anchor, stroke_width=2 * SCALE, stroke_fill=PAPER)
        return
    reach = round(font.getlength(label.text)) + 8 * SCALE
    patch = Image.new("RGBA", (reach, reach), (255, 255, 255, 0))
    middle = (reach / 2, reach / 2)
    ImageDraw.Draw(patch).text(middle, label.text, label.colour, font, "ms", stroke_width=SCALE, stroke_fill=PAPER)
    patch = patch.rotate(-label.angle, Image.Resampling.BICUBIC)
    image.paste(patch, (round(x - reach / 2), round(y - reach / 2)), patch)


FORMAT = Format("png", (".png",), "PNG picture", write, text=False)
