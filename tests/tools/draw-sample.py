#!/usr/bin/env python3
"""Draws the pictures of the sample content into api/sample/source/images.

    python3 tests/tools/draw-sample.py [CHROMIUM]

Most are SVG. Those named in RASTER are drawn the same way and then painted by Chromium, since a real site has photographs. The
drawings are the same in every run; how Chromium packs a JPEG or WebP depends on its version, so commit those only when they changed.
"""

import math
import random
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2] / "api/sample/source/images"

INK, NIGHT, SEA, SHALLOW, FOAM = "#14283c", "#0d1b2e", "#2f6f7e", "#8fbfc3", "#dcebe8"
PAPER, SAND, BRICK, BRASS, WOOD, DARK, GREY = "#f6efe0", "#e6d5b5", "#b5452c", "#d9a441", "#8a5a3b", "#5d3a26", "#9aa3a8"

RASTER = {
    "people/ada": "jpg", "people/zhiyuan": "jpg", "2026/09/harbour-before-six": "jpg", "2026/10/light-over-the-mole": "jpg",
    "2024/10/night-migration": "webp", "2025/11/congee-pot": "webp", "2021/04/albatross-turning": "png", "2025/03/flash-pattern": "png",
}

SCENES = {}


def scene(name, width=770, height=513, ground=PAPER):
    """Registers a drawing: a function that adds shapes to a sheet."""
    def register(draw):
        SCENES[name] = (width, height, ground, draw)
        return draw
    return register


def number(value):
    return f"{value:.1f}".rstrip("0").rstrip(".")


class Sheet:
    def __init__(self, name, width, height, ground):
        self.w, self.h, self.random, self.parts, self.defs = width, height, random.Random(name), [], []
        self.rect(0, 0, width, height, ground)

    def add(self, tag, text=None, **attributes):
        values = {key.replace("_", "-"): value for key, value in attributes.items() if value is not None}
        written = "".join(f' {key}="{number(value) if isinstance(value, float) else value}"' for key, value in values.items())
        self.parts.append(f"<{tag}{written}/>" if text is None else f"<{tag}{written}>{text}</{tag}>")

    def rect(self, x, y, w, h, fill, **more):
        self.add("rect", x=x, y=y, width=w, height=h, fill=fill, **more)

    def circle(self, x, y, r, fill, **more):
        self.add("circle", cx=x, cy=y, r=r, fill=fill, **more)

    def ellipse(self, x, y, rx, ry, fill, **more):
        self.add("ellipse", cx=x, cy=y, rx=rx, ry=ry, fill=fill, **more)

    def poly(self, points, fill, **more):
        self.add("polygon", points=" ".join(f"{number(x)},{number(y)}" for x, y in points), fill=fill, **more)

    def path(self, d, fill="none", stroke=None, width=None, **more):
        self.add("path", d=d, fill=fill, stroke=stroke, stroke_width=width,
                 stroke_linecap="round" if stroke else None, stroke_linejoin="round" if stroke else None, **more)

    def line(self, x1, y1, x2, y2, stroke=INK, width=3, **more):
        self.path(f"M{number(x1)} {number(y1)}L{number(x2)} {number(y2)}", stroke=stroke, width=width, **more)

    def text(self, x, y, text, size, fill=INK, anchor="middle", family="Georgia,'Noto Serif CJK SC',serif", **more):
        self.add("text", text, x=x, y=y, font_size=size, fill=fill, text_anchor=anchor, font_family=family, **more)

    def gradient(self, name, *colours, across=False):
        stops = "".join(f'<stop offset="{at}" stop-color="{colour}"/>' for at, colour in colours)
        direction = 'x2="1" y2="0"' if across else 'x2="0" y2="1"'
        self.defs.append(f'<linearGradient id="{name}" x1="0" y1="0" {direction}>{stops}</linearGradient>')
        return f"url(#{name})"

    def glow(self, name, colour, opacity=0.8):
        self.defs.append(f'<radialGradient id="{name}"><stop offset="0" stop-color="{colour}" stop-opacity="{opacity}"/>'
                         f'<stop offset="1" stop-color="{colour}" stop-opacity="0"/></radialGradient>')
        return f"url(#{name})"

    def waves(self, top, colours, step=34, height=7):
        """Rows of waves from here to the bottom."""
        for row, colour in enumerate(colours):
            y = top + row * (self.h - top) / len(colours)
            shift = self.random.uniform(-step, 0)
            d, x = f"M{number(shift - step)} {number(y)}", shift - step
            while x < self.w + step:
                d += f"q{number(step / 2)} {number(-height)} {step} 0"
                x += step
            self.path(d + f"V{self.h}H{number(shift - step)}z", colour)

    def gull(self, x, y, span, stroke=INK, width=3):
        self.path(f"M{number(x - span)} {number(y - span * .25)}q{number(span * .55)} {number(-span * .3)} {number(span)} {number(span * .3)}"
                  f"q{number(span * .45)} {number(-span * .6)} {number(span)} {number(-span * .3)}", stroke=stroke, width=width)

    def stars(self, count, bottom, fill=FOAM):
        for _ in range(count):
            self.circle(round(self.random.uniform(0, self.w), 1), round(self.random.uniform(0, bottom), 1),
                        round(self.random.uniform(.6, 1.8), 1), fill)

    def planks(self, top, bottom, fill, seam, step=46):
        self.rect(0, top, self.w, bottom - top, fill)
        y = top
        while y < bottom:
            self.line(0, y, self.w, y, seam, 2)
            x = self.random.uniform(40, 200)
            while x < self.w:
                self.line(x, y, x, min(y + step, bottom), seam, 2)
                x += self.random.uniform(180, 320)
            y += step

    def ruled(self, x, y, w, rows, step=22, stroke=GREY, width=1.5):
        for row in range(rows):
            self.line(x, y + row * step, x + w, y + row * step, stroke, width)

    def scribble(self, x, y, w, stroke=INK, width=2, height=6):
        d, end = f"M{number(x)} {number(y)}", x + w
        while x < end:
            step = self.random.uniform(7, 13)
            d += f"q{number(step / 2)} {number(-self.random.uniform(.3, 1.6) * height)} {number(step)} {number(self.random.uniform(-1, 1))}"
            x += step
        self.path(d, stroke=stroke, width=width)

    def lighthouse(self, x, base, height, lit=True):
        top, half = base - height, height * .13
        self.poly([(x - half, base), (x + half, base), (x + half * .62, top), (x - half * .62, top)], PAPER)
        for at in (.12, .46, .8):
            low, high = base - height * at, base - height * (at + .17)
            wide = lambda y: half * (1 - .38 * (base - y) / height)
            self.poly([(x - wide(low), low), (x + wide(low), low), (x + wide(high), high), (x - wide(high), high)], BRICK)
        self.rect(x - half, top - 8, 2 * half, 8, INK)
        self.rect(x - half * .5, top - 8 - half, half, half, BRASS if lit else SHALLOW)
        self.poly([(x - half * .7, top - 8 - half), (x + half * .7, top - 8 - half), (x, top - 10 - half * 1.8)], INK)

    def chart_grid(self, step=64, stroke="#b9cfcb"):
        for x in range(step // 2, self.w, step):
            self.line(x, 0, x, self.h, stroke, 1.5)
        for y in range(step // 2, self.h, step):
            self.line(0, y, self.w, y, stroke, 1.5)

    def rose(self, x, y, r, stroke=INK):
        self.circle(x, y, r, "none", stroke=stroke, stroke_width=1.5)
        for at in range(8):
            angle, long = at * math.pi / 4, r if at % 2 == 0 else r * .62
            tip = (x + long * math.sin(angle), y - long * math.cos(angle))
            left = (x + r * .14 * math.sin(angle - .8), y - r * .14 * math.cos(angle - .8))
            right = (x + r * .14 * math.sin(angle + .8), y - r * .14 * math.cos(angle + .8))
            self.poly([tip, left, (x, y)], BRICK if at == 0 else stroke)
            self.poly([tip, right, (x, y)], PAPER, stroke=stroke, stroke_width=1)

    def svg(self, box=None, size=None):
        width, height = size or (self.w, self.h)
        defs = f"<defs>{''.join(self.defs)}</defs>" if self.defs else ""
        return (f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="{box or f"0 0 {self.w} {self.h}"}">'
                f"{defs}{''.join(self.parts)}</svg>\n")


def portrait(s, skin, hair, coat, ground):
    s.rect(0, 0, 240, 240, s.gradient("g", (0, ground), (1, FOAM)))
    s.ellipse(120, 250, 96, 78, coat)
    s.rect(102, 140, 36, 46, skin)
    s.ellipse(120, 106, 46, 56, skin)
    hair()
    for x in (103, 137):
        s.circle(x, 108, 4, INK)
    s.path("M107 133q13 10 26 0", stroke=INK, width=3)
    s.path("M120 112q-5 12 1 13", stroke=DARK, width=2)


@scene("people/ada", 240, 240)
def ada(s):
    def hair():
        s.path("M70 118q-6-72 50-74q58 2 50 76q-8-40-26-50q-30 18-62 8q-10 10-12 40z", BRICK)
        s.path("M66 84q54-44 108 0l-6-22q-46-34-96 0z", SEA)
    portrait(s, "#f0c9a4", hair, INK, SHALLOW)
    s.path("M92 184l28 20l28-20", stroke=BRASS, width=8)


@scene("people/zhiyuan", 240, 240)
def zhiyuan(s):
    def hair():
        s.path("M72 104q0-62 48-62q50 0 48 62q-8-30-24-34q-30 10-50 0q-14 8-22 34z", NIGHT)
        for x in (103, 137):
            s.circle(x, 108, 14, "none", stroke=INK, stroke_width=3)
        s.line(117, 108, 123, 108, INK, 3)
    portrait(s, "#e8bd92", hair, SEA, BRASS)
    s.poly([(104, 178), (120, 200), (136, 178)], PAPER)


def galley(s):
    s.planks(0, 330, "#cdb48c", "#a98b62")
    s.circle(600, 130, 74, DARK), s.circle(600, 130, 58, SHALLOW)
    s.path("M542 146q28-14 58 0t58-8q-6 50-58 50t-58-42z", SEA)
    for x, y, r in ((150, 52, 20), (210, 60, 28), (286, 50, 18)):
        s.line(x, 0, x, y, INK, 3), s.path(f"M{x - r} {y}h{2 * r}q0 {r * 1.6} {-r} {r * 1.6}t{-r} {-r * 1.6}z", BRICK)
    s.rect(0, 330, 770, 183, WOOD), s.rect(0, 318, 770, 18, DARK)
    s.ellipse(210, 318, 92, 12, NIGHT), s.path("M128 232h164v76q0 12-14 12h-136q-14 0-14-12z", GREY), s.rect(118, 222, 184, 14, INK, rx=6)
    s.path("M180 196q-16-24 4-44t0-44M236 196q-16-24 4-44t0-44", stroke=PAPER, width=5, opacity=.7)
    for at, (x, label) in enumerate(((430, "RICE"), (500, "SALT"), (570, "PEAS"))):
        s.rect(x, 250, 58, 70, (PAPER, SAND, FOAM)[at], rx=6), s.rect(x - 3, 242, 64, 12, DARK, rx=4), s.text(x + 29, 292, label, 17)
    s.path("M0 372Q385 470 770 372v42Q385 512 0 414z", "#d8c59d")
    s.path("M0 380Q385 478 770 380M0 406Q385 504 770 406", stroke=WOOD, width=2, stroke_dasharray="9 7")
    s.rect(356, 424, 58, 58, BRASS, rx=8), s.rect(370, 438, 30, 30, WOOD, rx=4)


scene("2026/05/galley-strap")(galley)


@scene("2026/05/galley-strap-small", 385, 257)
def galley_small(s):
    s.box = "180 230 410 273.7"
    s.w, s.h = 770, 513
    galley(s)


@scene("2099/01/sealed-envelope", ground="#3b2b26")
def envelope(s):
    s.rect(0, 0, 770, 380, s.gradient("wall", (0, "#4a5a55"), (1, "#6c7a6d"))), s.rect(0, 380, 770, 133, WOOD), s.rect(0, 374, 770, 12, DARK)
    s.circle(470, 220, 158, DARK), s.circle(470, 220, 144, BRASS), s.circle(470, 220, 116, PAPER)
    for at in range(31):
        angle = math.radians(-135 + at * 9)
        inner = 92 if at % 5 == 0 else 102
        s.line(470 + inner * math.sin(angle), 220 - inner * math.cos(angle), 470 + 110 * math.sin(angle), 220 - 110 * math.cos(angle), INK, 2)
    s.line(470, 220, 532, 148, BRICK, 5), s.circle(470, 220, 9, INK)
    s.add("g", '<rect width="330" height="206" fill="#f6efe0" rx="4"/><path d="M0 4L165 124L330 4" fill="none" stroke="#c9b48c" stroke-width="4"/>'
          '<circle cx="165" cy="122" r="30" fill="#b5452c"/><circle cx="165" cy="122" r="20" fill="none" stroke="#8e3420" stroke-width="4"/>'
          '<text x="165" y="182" font-size="28" text-anchor="middle" font-family="Georgia,serif" fill="#14283c">2099</text>', transform="translate(120 200) rotate(-7)")


@scene("2026/10/two-desks", ground="#dfd0b4")
def desks(s):
    s.rect(160, 40, 450, 230, PAPER), s.rect(174, 54, 422, 202, s.gradient("sky", (0, SHALLOW), (1, FOAM)))
    s.path("M174 220q60-20 120 0t120 0t120 0t62-10v46h-422z", SEA), s.lighthouse(530, 226, 90), s.gull(300, 110, 26), s.gull(360, 140, 16)
    s.line(385, 54, 385, 256, PAPER, 10), s.line(174, 150, 596, 150, PAPER, 8)
    for x, w in ((40, 340), (390, 340)):
        s.rect(x, 330, w, 22, DARK), s.rect(x + 14, 352, 22, 161, WOOD), s.rect(x + w - 36, 352, 22, 161, WOOD)
    s.rect(90, 316, 120, 14, PAPER), s.rect(92, 304, 116, 12, SHALLOW), s.rect(280, 290, 34, 40, BRICK, rx=4)
    for x, tilt in ((288, -6), (298, 4), (306, 10)):
        s.line(x, 292, x + tilt, 250, INK, 4)
    for at in range(15):
        x, y = 420 + s.random.uniform(0, 240), 322 - at * 5 + s.random.uniform(-6, 6)
        s.add("rect", x=x, y=y, width=74.0, height=10.0, fill=s.random.choice([PAPER, FOAM, SAND, "#fff"]), stroke=GREY, transform=f"rotate({s.random.uniform(-14, 14):.0f} {x + 37:.0f} {y:.0f})")
    s.path("M676 296h36v34h-36zM712 304q16 4 0 18", SEA, INK, 3)


@scene("2025/03/flash-pattern", 770, 260, NIGHT)
def flash(s):
    s.rect(40, 70, 690, 90, "#22344b")
    for group in range(3):
        for at in range(3):
            s.rect(64 + group * 230 + at * 34, 70, 18, 90, "#ffe9a8")
    for at in range(24):
        x = 40 + at * 30
        s.line(x, 176, x, 190 if at % 5 else 200, SHALLOW, 2)
    for at in range(0, 24, 5):
        s.text(40 + at * 30, 228, f"{at} s", 20, SHALLOW)
    s.text(40, 48, "Fl(3) 7.5 s", 26, "#ffe9a8", "start")


@scene("2025/05/rhumb-line", ground="#eaf0e4")
def rhumb(s):
    for x in range(35, 770, 70):
        s.line(x, 0, x, 513, "#8fb0ab", 1.5)
    mercator = lambda degrees: math.log(math.tan(math.pi / 4 + math.radians(degrees) / 2))
    for degrees in range(0, 76, 10):
        y = 490 - mercator(degrees) / mercator(72) * 460
        s.line(0, y, 770, y, "#8fb0ab", 1.5), s.text(12, y - 6, f"{degrees}°", 16, SEA, "start")
    s.path("M0 330q40-40 30-90t40-80t-10-90t40-70H0z", SAND, WOOD, 2)
    s.path("M770 470q-60-10-70-70t-60-50t10-90t50-60t20-110t50-90z", SAND, WOOD, 2)
    s.line(86, 262, 640, 384, BRICK, 5), s.path("M86 262Q330 60 640 384", stroke=INK, width=3, stroke_dasharray="4 9")
    for x, y in ((86, 262), (640, 384)):
        s.circle(x, y, 9, BRICK)
    for x in range(175, 640, 70):
        y = 262 + (x - 86) * 122 / 554
        s.path(f"M{x} {y - 24:.0f}a24 24 0 0 1 23 29", stroke=INK, width=2)
    s.rose(330, 440, 50)


@scene("2021/04/albatross-turning", ground=SHALLOW)
def albatross(s):
    s.rect(0, 0, 770, 400, s.gradient("sky", (0, "#7fa9b8"), (1, "#f2dfc0")))
    s.waves(330, ["#5f97a0", "#3f7f8c", SEA, "#245866", INK], 90, 20)
    s.add("g", '<path d="M-300 60Q-150-40-20-10L20-6Q150-90 330-110Q180-30 60 24Q20 44-30 34Q-160 10-300 60z" fill="#f6efe0"/>'
          '<path d="M-300 60Q-190-16-110-20Q-190 10-300 60zM330-110Q240-92 170-60Q250-66 330-110z" fill="#14283c"/>'
          '<path d="M20-10q40-14 62 0q10 8 24 12q-22 10-44 8z" fill="#fff"/><path d="M84 4q14 2 24 2q-10 8-22 4z" fill="#d9a441"/><circle cx="72" cy="-2" r="4" fill="#14283c"/>', transform="translate(390 200) rotate(-14)")


@scene("2021/04/loops-on-the-chart", 770, 528, "#eef1e6")
def loops(s):
    s.chart_grid()
    s.path("M0 528V440q60-40 120-10t150 30t120 68z", SAND, WOOD, 2), s.rose(670, 90, 56)
    d, x, y = "M90 380", 90, 380
    for at in range(9):
        d += f"c70 {-60 - at * 3} 110 {-90 + at * 4} 70 {-110 + at * 3}s-60 60 {-6 + at} {96 - at * 2}"
    s.path(d, stroke=BRICK, width=4)
    s.scribble(470, 470, 150), s.scribble(470, 492, 100), s.text(120, 350, "14:10", 20, SEA), s.text(640, 200, "18:35", 20, SEA)
    s.circle(90, 380, 7, INK)


def dial(s, x, y, r):
    s.circle(x, y, r, DARK), s.circle(x, y, r * .93, BRASS), s.circle(x, y, r * .8, PAPER)
    for at in range(61):
        angle = math.radians(-150 + at * 5)
        inner = .64 if at % 10 == 0 else .7
        s.line(x + r * inner * math.sin(angle), y - r * inner * math.cos(angle), x + r * .76 * math.sin(angle), y - r * .76 * math.cos(angle), INK, 2)
    for angle, word in ((-110, "STORMY"), (-55, "RAIN"), (0, "CHANGE"), (55, "FAIR"), (110, "VERY DRY")):
        turn = math.radians(angle)
        tx, ty = x + r * .5 * math.sin(turn), y - r * .5 * math.cos(turn)
        s.text(round(tx), round(ty), word, round(r * .085), transform=f"rotate({angle / 2:.0f} {tx:.0f} {ty:.0f})")
    for angle, stroke, long in ((38, INK, .62), (8, BRASS, .58)):
        turn = math.radians(angle)
        s.line(x - r * .16 * math.sin(turn), y + r * .16 * math.cos(turn), x + r * long * math.sin(turn), y - r * long * math.cos(turn), stroke, r * .03)
    s.circle(x, y, r * .06, INK), s.circle(x, y, r * .03, BRASS)
    s.text(x, round(y + r * .36), "ANEROID", round(r * .1), SEA)


@scene("2026/10/aneroid-dial", ground="#54675f")
def aneroid(s):
    for x in range(0, 770, 44):
        s.rect(x, 0, 22, 513, "#5d7169")
    s.rect(640, 0, 130, 513, DARK), s.rect(652, 0, 14, 513, WOOD), s.circle(680, 300, 15, BRASS)
    s.ellipse(330, 280, 214, 208, INK, opacity=.25), dial(s, 320, 256, 206)


@scene("2026/10/aneroid-dial-square", 400, 400, "#54675f")
def aneroid_square(s):
    dial(s, 200, 200, 182)


@scene("2026/10/three-readings", 770, 433, "#e9dcbf")
def readings(s):
    for x in range(30, 770, 90):
        for y in range(20, 433, 80):
            s.path(f"M{x} {y + 20}q14-22 0-34q-14 12 0 34M{x} {y + 20}q18-8 26 4M{x} {y + 20}q-18-8-26 4", stroke="#cdb98f", width=3)
    for x, y, hour, reading, tilt in ((130, 160, "14:00", "1009", -4), (370, 220, "16:30", "1004", 3), (600, 290, "19:00", "998", -2)):
        s.text(x, y, hour, 28, SEA, transform=f"rotate({tilt} {x} {y})"), s.text(x, y + 54, reading, 52, INK, font_style="italic", transform=f"rotate({tilt} {x} {y})")
    s.path("M170 236Q260 270 310 268M430 296Q500 330 540 330", stroke=BRICK, width=4), s.path("M296 256l18 12l-20 10M526 318l18 12l-20 10", stroke=BRICK, width=4)


@scene("2024/12/ampersands", 770, 300)
def ampersands(s):
    styles = [("et", "Georgia,serif", "italic", 400), ("&amp;", "'Palatino Linotype',Palatino,'DejaVu Serif',serif", "italic", 400), ("&amp;", "Garamond,Baskerville,'Liberation Serif',serif", "normal", 400),
              ("&amp;", "Georgia,'DejaVu Serif',serif", "normal", 700), ("&amp;", "Helvetica,Arial,sans-serif", "normal", 400), ("&amp;", "'Courier New',monospace", "normal", 700)]
    for at, (glyph, family, style, weight) in enumerate(styles):
        x = 75 + at * 124
        s.rect(x - 52, 60, 104, 150, (INK, SEA, BRICK, WOOD, DARK, NIGHT)[at], rx=6), s.text(x, 166, glyph, 92, PAPER, family=family, font_style=style, font_weight=weight)
    for at in range(6):
        s.circle(75 + at * 124, 246, 4 + at, BRASS)
    s.line(40, 246, 730, 246, BRASS, 2)


@scene("2022/12/fiddle-rail", ground="#3f2a20")
def fiddle(s):
    s.planks(0, 513, "#6b4530", "#54341f", 64)
    s.rect(40, 60, 690, 400, "#2c1c14")
    for top in (70, 270):
        x = 60
        while x < 690:
            w, h = s.random.randint(22, 46), s.random.randint(126, 166)
            w = min(w, 712 - x)
            fill = s.random.choice([BRICK, SEA, INK, BRASS, WOOD, "#6d7f4e", SAND, GREY])
            s.rect(x, top + 176 - h, w - 3, h, fill, rx=3)
            for at in (.16, .24, .8):
                s.rect(x, round(top + 176 - h + h * at), w - 3, 4, PAPER, opacity=.6)
            x += w
        s.rect(40, top + 176, 690, 16, WOOD), s.rect(40, top + 128, 690, 13, BRASS), s.rect(40, top + 128, 690, 4, "#f1cf86")
        for x in (60, 385, 700):
            s.rect(x, top + 120, 12, 64, DARK)


@scene("2025/08/log-reel")
def reel(s):
    s.planks(0, 513, "#d8c4a0", "#b89c70", 58)
    s.ellipse(300, 440, 210, 24, WOOD, opacity=.5)
    s.rect(90, 236, 420, 18, DARK, rx=8), s.rect(60, 228, 60, 34, WOOD, rx=12), s.rect(480, 228, 60, 34, WOOD, rx=12)
    for x in (160, 430):
        s.ellipse(x, 245, 34, 170, WOOD), s.ellipse(x, 245, 18, 140, DARK)
    for at in range(22):
        s.path(f"M{176 + at * 11} 128q16 118 0 236", stroke=PAPER if at % 2 else SAND, width=9)
    s.path("M416 360Q520 470 600 400T740 440", stroke=PAPER, width=8)
    for x, y in ((520, 424), (600, 400), (676, 404)):
        s.poly([(x - 6, y), (x + 6, y), (x + 12, y + 46), (x - 10, y + 40)], BRICK), s.circle(x, y, 10, SAND, stroke=WOOD, stroke_width=2)
    s.path("M620 90h90l-45 150z", SAND, DARK, 5), s.path("M640 90h50", stroke=BRICK, width=9), s.line(665, 240, 600, 400, PAPER, 3)


@scene("2025/11/congee-pot", ground="#33261f")
def congee_pot(s):
    s.rect(0, 0, 770, 513, s.gradient("wall", (0, "#2b211c"), (1, "#59402f")))
    s.ellipse(385, 300, 330, 160, s.glow("warm", "#f2a950", .5))
    s.path("M140 250h490v150q0 84-120 84H260q-120 0-120-84z", "#7b4a34"), s.path("M140 250h60v210q-60-10-60-70z", "#5e3525")
    s.ellipse(385, 250, 252, 64, "#4e2d20"), s.ellipse(385, 250, 226, 52, "#f4ead2")
    for _ in range(34):
        angle, far = s.random.uniform(0, 6.28), s.random.uniform(0, .9)
        s.circle(round(385 + 214 * far * math.cos(angle)), round(250 + 46 * far * math.sin(angle)), s.random.randint(4, 11), "#fffaf0", stroke="#d9c8a2", stroke_width=2)
    for x, y, turn in ((330, 246, 20), (440, 262, -30), (396, 232, 60), (482, 244, 10)):
        s.ellipse(x, y, 15, 4, "#6d8f4e", transform=f"rotate({turn} {x} {y})")
    for x in (300, 385, 470):
        s.path(f"M{x} 190q-26-40 4-76t0-84", stroke=PAPER, width=9, opacity=.35)
    s.rect(96, 290, 56, 26, DARK, rx=12), s.rect(618, 290, 56, 26, DARK, rx=12)


@scene("2025/11/congee-bowl", 513, 513, SEA)
def congee_bowl(s):
    s.circle(262, 268, 214, INK, opacity=.25), s.circle(256, 256, 208, PAPER), s.circle(256, 256, 196, "none", stroke=SEA, stroke_width=7, stroke_dasharray="22 12"), s.circle(256, 256, 168, "#efe2c4")
    for x, y, turn in ((200, 220, 20), (262, 200, -20), (310, 250, 40), (240, 290, 0), (300, 320, -40)):
        s.path(f"M{x - 46} {y}q46-36 92 0q-46 22-92 0z", "#f7c6a3", "#dc9a72", 3, transform=f"rotate({turn} {x} {y})")
    for _ in range(26):
        x, y = s.random.randint(150, 360), s.random.randint(150, 360)
        s.add("rect", x=x, y=y, width=13, height=5, rx=2, fill="#6d8f4e", transform=f"rotate({s.random.randint(0, 180)} {x} {y})")
    s.line(420, 60, 500, 400, WOOD, 9), s.line(446, 50, 513, 372, WOOD, 9)


def rope(s, d, colour=SAND, width=17):
    s.path(d, stroke=DARK, width=width + 5), s.path(d, stroke=colour, width=width), s.path(d, stroke=WOOD, width=width - 6, stroke_dasharray="3 9")


@scene("2026/06/three-knots", ground="#b99a6b")
def knots(s):
    s.planks(0, 513, "#c2a374", "#9d7d50", 57)
    rope(s, "M130 500V250Q130 100 60 130T110 270Q200 300 190 180T130 60")
    rope(s, "M84 206Q130 160 196 214")
    s.rect(366, 30, 38, 453, DARK), s.rect(372, 30, 12, 453, WOOD)
    rope(s, "M270 470Q300 300 350 262L420 210"), rope(s, "M350 212L422 264Q470 300 500 120"), rope(s, "M346 180Q386 150 424 170")
    rope(s, "M640 490Q640 340 590 300T600 160Q660 110 700 170T640 290Q560 330 560 400T640 430T700 330")
    rope(s, "M620 300Q660 240 640 60")
    for x in (130, 385, 640):
        s.circle(x, 34 if x != 385 else 20, 7, BRASS)


def type_case(s, x0, y0, columns, rows, w, h, characters, ground=WOOD, size=None):
    for row in range(rows):
        for column in range(columns):
            x, y = x0 + column * w, y0 + row * h
            s.rect(x + 2, y + 2, w - 4, h - 4, ground)
            s.text(round(x + w / 2), round(y + h * .68), s.random.choice(characters), size or round(h * .56), PAPER, opacity=.85)


@scene("2022/05/wall-of-type", ground=DARK)
def wall_of_type(s):
    characters = "的一是不了在人有我他这中大来上国个到说们为子和你地出道也时年得就那要下以生会"
    type_case(s, 0, 0, 7, 11, 42, 47, characters, "#6e4a33"), type_case(s, 476, 0, 7, 11, 42, 47, characters, "#6e4a33")
    s.poly([(296, 0), (476, 0), (476, 513), (296, 513)], "#2a1d16"), s.poly([(340, 90), (432, 90), (470, 513), (300, 513)], "#d9b26b", opacity=.35)
    s.rect(344, 90, 84, 200, "#f7e3b0"), s.line(386, 90, 386, 290, DARK, 5), s.line(344, 180, 428, 180, DARK, 5)
    s.circle(386, 296, 25, INK), s.path("M344 513q-6-182 42-188q48 6 42 188z", INK), s.path("M420 380q34-20 50-60", stroke=INK, width=17)


@scene("2022/05/the-box-of-de", ground=DARK)
def box_of_de(s):
    type_case(s, -30, -30, 5, 4, 168, 144, "是不了在人有我他这中大来上", "#59402f", 70)
    s.rect(232, 118, 306, 276, INK), s.rect(244, 130, 282, 252, "#7b5a40")
    for at in range(46):
        x, y = 258 + at % 7 * 36 + s.random.randint(-5, 5), 140 + at // 7 * 34 + s.random.randint(-4, 4)
        turn = s.random.randint(-24, 24)
        s.rect(x, y, 34, 34, s.random.choice([GREY, "#b9c0c2", "#7f898f"]), stroke=INK, stroke_width=1.5, transform=f"rotate({turn} {x + 17} {y + 17})")
        s.text(x + 17, y + 27, "的", 25, INK, transform=f"rotate({turn} {x + 17} {y + 17})")


@scene("2022/05/mirror-line", 770, 433, "#cbb894")
def mirror_line(s):
    s.rect(60, 60, 650, 130, GREY, stroke=INK, stroke_width=4), s.rect(60, 244, 650, 130, PAPER, stroke=INK, stroke_width=2)
    words = "字是反的行也反"
    for at, character in enumerate(words):
        x = 112 + at * 91
        s.rect(x - 42, 68, 84, 114, "#7f898f", stroke=INK, stroke_width=2)
        s.text(0, 0, words[-1 - at], 74, INK, transform=f"translate({x} 152) scale(-1 1)")
        s.text(x, 336, character, 74)
    s.line(30, 217, 740, 217, BRICK, 2, stroke_dasharray="10 8")


@scene("2025/12/sextant-on-chart", ground="#e8ecdd")
def sextant(s):
    s.chart_grid(58), s.path("M0 0h210q-20 80-90 90t-120 60zM770 513H600q10-70 80-80t90-60z", SAND, WOOD, 2), s.rose(110, 420, 60)
    s.path("M390 70L230 400A340 340 0 0 0 550 400z", stroke=BRASS, width=17), s.path("M236 404A340 340 0 0 0 544 404", stroke=DARK, width=30), s.path("M236 404A340 340 0 0 0 544 404", stroke=BRASS, width=22)
    for at in range(33):
        angle = math.radians(-26 + at * 1.63)
        s.line(390 + 344 * math.sin(angle), 70 + 362 * math.cos(angle), 390 + 356 * math.sin(angle), 70 + 374 * math.cos(angle), INK, 2)
    s.path("M310 240Q390 280 470 240M270 320Q390 380 510 320", stroke=BRASS, width=10)
    s.line(390, 76, 446, 440, INK, 12), s.line(390, 76, 446, 440, "#f1cf86", 6), s.rect(430, 424, 34, 28, INK, rx=5), s.circle(390, 72, 20, INK), s.rect(372, 46, 36, 28, SHALLOW, stroke=INK, stroke_width=4)
    s.add("g", '<rect width="150" height="36" rx="8" fill="#14283c"/><rect x="150" y="6" width="24" height="24" fill="#d9a441"/>', transform="translate(212 190) rotate(-20)")
    s.circle(650, 150, 76, INK, opacity=.15), s.circle(640, 142, 72, PAPER, stroke=SEA, stroke_width=5), s.circle(640, 142, 52, "#a8642e"), s.path("M706 118q44 0 36 34t-46 22", stroke=PAPER, width=13)
    s.path("M606 128q12-14 30-8", stroke="#e2b07e", width=5)


@scene("2025/06/hanging-marks", 770, 420)
def hanging(s):
    lines = ["“灯塔亮了，”他说，", "“船就要回来了。”", "我们沿着堤走，", "谁也没有再开口。"]
    for top, hangs in ((30, False), (230, True)):
        s.rect(150, top, 470, 164, "#fff", stroke=GREY, stroke_width=1.5)
        left = 226
        s.line(left, top, left, top + 164, BRICK, 2, stroke_dasharray="6 6")
        for at, line in enumerate(lines):
            quoted = line.startswith("“")
            x = left - 30 if hangs and quoted else left
            for index, character in enumerate(line):
                s.text(x + index * 30 + 15, top + 36 + at * 38, character, 29, BRICK if character in "“”，。" else INK)
    s.text(90, 122, "不悬挂", 26, SEA), s.text(90, 322, "悬挂", 26, SEA)


def soundings(s):
    s.rect(0, 0, 770, 513, "#f5f4e8")
    s.path("M0 0h770v120q-120 40-200 10t-190 60t-180-20T0 220z", "#d7e8e6"), s.path("M0 0h770v60q-140 40-240 6t-230 50T0 110z", "#b9d8d8")
    s.path("M0 513v-110q90-50 190-20t170 60t200-30t210 20v80z", "#e9d59b", WOOD, 2), s.path("M0 513v-60q90-30 170-10t190 50t200-10t210 0v30z", "#cdbb7e")
    s.path("M0 220Q110 270 200 170T380 190T570 130T770 120M0 330q140-60 240-20t180 40t160-50t190 20", stroke=SEA, width=2, stroke_dasharray="8 6")
    depth = lambda y: max(1, round((400 - y) / 17))
    for row, y in enumerate(range(40, 390, 46)):
        for x in range(40 + row % 2 * 34, 770, 76):
            s.text(x + s.random.randint(-14, 14), y + s.random.randint(-8, 8), depth(y) + s.random.randint(0, 2), 20, INK, font_style="italic")
    s.path("M560 372h44l-8 14h-30z", BRICK), s.line(582, 372, 582, 336, INK, 3), s.poly([(582, 336), (606, 348), (582, 358)], BRICK)
    s.rose(670, 250, 62, SEA)


scene("2023/02/soundings")(soundings)


@scene("2023/02/soundings-small", 320, 213)
def soundings_small(s):
    s.box, s.w, s.h = "390 120 360 239.6", 770, 513
    soundings(s)


@scene("2023/02/drying-heights", 770, 433, "#dff0ee")
def drying(s):
    s.path("M0 300q110-120 250-110t220 60t300-40v223H0z", "#cfe0a8", "#7f9a5a", 3), s.path("M120 300q70-60 170-50t160 60t170-10q-60 70-230 70t-270-70z", "#e9d59b", WOOD, 2)
    for x, y, value in ((230, 290, "1₃"), (330, 276, "2₁"), (430, 330, "0₈"), (530, 318, "1₆"), (320, 340, "0₄")):
        s.text(x, y, value, 38, INK, font_style="italic"), s.line(x - 24, y + 10, x + 24, y + 10, INK, 4)
    for x, y, value in ((90, 110, "4"), (260, 120, "3₂"), (460, 130, "2₅"), (650, 120, "5"), (660, 340, "1₁")):
        s.text(x, y, value, 34, SEA, font_style="italic")


@scene("2025/01/one-leg", ground=SHALLOW)
def one_leg(s):
    s.rect(0, 0, 770, 360, s.gradient("sky", (0, "#9fc4cc"), (1, "#f4e6cc"))), s.waves(330, ["#6ba3ab", SEA, "#245866"], 80, 14)
    s.rect(330, 410, 150, 103, DARK), s.rect(318, 396, 174, 22, WOOD)
    s.line(412, 396, 412, 320, BRASS, 8), s.path("M412 396l-26 4M412 396l28 4M412 396v5", stroke=BRASS, width=6)
    s.path("M250 262Q300 150 420 160Q500 168 520 250Q500 330 400 336Q320 336 250 262z", "#fff"), s.path("M220 268Q300 210 430 224Q470 260 400 296Q300 300 220 268z", GREY), s.path("M222 268Q180 268 150 292Q210 300 268 284z", INK)
    s.path("M440 170Q450 90 510 88Q566 92 556 146Q548 200 500 230z", "#fff"), s.path("M554 116l52 16q-24 14-56 10z", BRASS), s.circle(586, 131, 4, BRICK), s.circle(526, 118, 6, INK)
    s.gull(130, 110, 34), s.gull(210, 80, 20), s.gull(660, 70, 24)


@scene("2026/09/harbour-before-six", ground=NIGHT)
def harbour(s):
    s.rect(0, 0, 770, 300, s.gradient("sky", (0, "#1c2f4a"), (.6, "#5f6f88"), (1, "#e9a871")))
    s.stars(40, 130), s.ellipse(560, 292, 240, 110, s.glow("dawn", "#ffd59a", .8))
    x = 0
    while x < 770:
        w, h = s.random.randint(40, 80), s.random.randint(40, 110)
        s.rect(x, 296 - h, w, h, s.random.choice(["#22334b", "#2a3d57", "#1b2a40"]))
        if s.random.random() < .6:
            s.rect(x + 12, 296 - h + 16, 10, 13, "#ffd98a")
        x += w
    s.rect(0, 290, 770, 223, s.gradient("water", (0, "#a87f6d"), (.3, "#4a5c74"), (1, "#13233a")))
    for _ in range(90):
        x, y = s.random.uniform(0, 770), s.random.uniform(300, 505)
        s.line(x, y, x + s.random.uniform(14, 60), y, s.random.choice(["#e9b98a", "#7c8aa0", "#22364f"]), s.random.uniform(1, 3), opacity=.6)
    for x, y, size in ((150, 400, 1.0), (400, 360, .7), (620, 430, 1.2)):
        s.path(f"M{x - 80 * size:.0f} {y}h{160 * size:.0f}l{-24 * size:.0f} {34 * size:.0f}h{-110 * size:.0f}z", "#0d1826"), s.line(x, y, x, y - 110 * size, "#0d1826", 5 * size)
        s.rect(round(x - 34 * size), round(y - 30 * size), round(44 * size), round(30 * size), "#22364f"), s.line(x, y - 100 * size, x + 70 * size, y, "#0d1826", 2)
    s.gull(300, 140, 20, NIGHT, 3), s.gull(350, 116, 13, NIGHT, 2)


@scene("2026/09/ice-chute", ground="#bcd3d6")
def ice(s):
    s.rect(0, 0, 250, 513, "#7d8f95"), s.rect(30, 60, 150, 110, INK), s.text(105, 128, "冰", 70, FOAM)
    for y in range(0, 513, 40):
        s.line(0, y, 250, y, "#6c7e85", 2)
    s.poly([(180, 190), (250, 190), (560, 360), (530, 400), (180, 250)], GREY, stroke=INK, stroke_width=4)
    for _ in range(150):
        along = s.random.random()
        x, y, size = 200 + along * 350 + s.random.uniform(-20, 20), 200 + along * 180 + s.random.uniform(-14, 24), s.random.uniform(6, 15)
        s.add("rect", x=x, y=y, width=size, height=size, fill=s.random.choice(["#fff", FOAM, "#c8e6ee"]), stroke="#9cc4d0", transform=f"rotate({s.random.randint(0, 80)} {x:.0f} {y:.0f})")
    s.waves(430, [SEA, "#245866"], 60, 10), s.path("M430 400h340v60q-20 40-60 40H500q-50-20-70-100z", BRICK), s.rect(430, 392, 340, 14, PAPER)
    for _ in range(60):
        x, y = s.random.uniform(500, 700), s.random.uniform(360, 396)
        s.add("rect", x=x, y=y, width=13.0, height=13.0, fill="#fff", stroke="#9cc4d0", transform=f"rotate({s.random.randint(0, 80)} {x:.0f} {y:.0f})")
    s.circle(660, 300, 28, SAND), s.path("M632 292q28-40 56 0z", INK), s.path("M626 400q0-76 34-76t40 76z", SEA)


@scene("2026/09/auction-bell", 770, 528, "#d7e2df")
def auction(s):
    s.planks(380, 528, "#b08a5c", "#8e6b41", 50)
    s.circle(385, 250, 158, INK), s.circle(385, 250, 146, BRICK), s.circle(385, 250, 122, PAPER)
    for hour in range(12):
        angle = math.radians(hour * 30)
        s.text(round(385 + 98 * math.sin(angle)), round(260 - 98 * math.cos(angle)), hour or 12, 28)
    s.line(385, 250, 385, 172, INK, 8), s.line(385, 250, 450, 250, INK, 8), s.line(385, 250, 330, 318, BRICK, 3), s.circle(385, 250, 9, INK)
    for x, turn in ((286, -32), (484, 32)):
        s.path(f"M{x - 56} 110a56 56 0 0 1 112 0z", BRASS, INK, 4, transform=f"rotate({turn} {x} 110)")
    s.line(385, 104, 385, 60, INK, 6), s.circle(385, 56, 12, INK), s.line(270, 372, 240, 414, INK, 13), s.line(500, 372, 530, 414, INK, 13)
    for x, y in ((90, 440), (150, 470), (620, 450), (690, 476)):
        s.path(f"M{x - 60} {y}q50-36 100 0l24-16v34l-24-14q-50 36-100-4z", GREY, INK, 3), s.circle(x - 34, y - 3, 4, INK)


@scene("2024/05/tide-pole", 1200, 800, "#a9c4c6")
def tide_pole(s):
    s.rect(0, 0, 1200, 800, s.gradient("sky", (0, "#c5d8d8"), (1, "#8fb4b8")))
    s.rect(0, 0, 470, 800, "#8d8478")
    for row in range(12):
        for column in range(-1, 5):
            x, y = column * 120 + row % 2 * 60, row * 68
            s.rect(x + 3, y + 3, min(114, 467 - x), 62, s.random.choice(["#9a9184", "#857c70", "#a39a8c"]), rx=6)
    s.rect(470, 0, 34, 800, "#5d564d"), s.rect(560, 20, 130, 780, PAPER, stroke=INK, stroke_width=5)
    for at in range(40):
        y = 30 + at * 18
        if at % 10 == 0:
            s.rect(560, y, 130, 6, INK), s.text(625, y + 52, 5 - at // 10, 54, BRICK)
        s.rect(560, y, 62 if at % 5 == 0 else 34, 9, INK if at % 2 == 0 else BRICK)
    for _ in range(90):
        x, y = s.random.randint(556, 694), s.random.randint(480, 690)
        size = s.random.randint(8, 20)
        s.path(f"M{x - size} {y + size}q{size}-{size * 2} {size * 2} 0z", s.random.choice([FOAM, "#cfc7b4", "#b5ad9a"]), DARK, 1.5)
    s.waves(640, ["#6ba3ab", SEA, "#245866", INK], 120, 20), s.gull(900, 160, 50, INK, 5), s.gull(1010, 220, 30, INK, 4), s.lighthouse(1080, 640, 220)


@scene("2026/10/light-over-the-mole", ground=NIGHT)
def light_over_mole(s):
    s.rect(0, 0, 770, 380, s.gradient("sky", (0, "#16243f"), (.65, "#7a5a74"), (1, "#f0a06a"))), s.stars(60, 190)
    s.poly([(540, 128), (0, 20), (0, 190)], "#ffe9a8", opacity=.28), s.poly([(540, 128), (770, 96), (770, 158)], "#ffe9a8", opacity=.28)
    s.waves(360, ["#6a6278", "#43506b", "#263653", "#152338"], 70, 12)
    s.poly([(300, 380), (770, 350), (770, 440), (300, 404)], "#1a1c26")
    for _ in range(40):
        x = s.random.uniform(300, 760)
        s.add("rect", x=x, y=s.random.uniform(372, 410), width=s.random.uniform(16, 36), height=14.0, rx=4, fill=s.random.choice(["#2a2d3a", "#353947", "#20232d"]))
    s.circle(540, 128, 90, s.glow("lamp", "#ffe9a8", .9)), s.lighthouse(540, 372, 230)
    for _ in range(30):
        y = s.random.uniform(390, 505)
        s.line(540 + s.random.uniform(-60, 60), y, 560 + s.random.uniform(-60, 80), y, "#ffd98a", 2, opacity=.5)
    s.gull(180, 240, 22, NIGHT), s.gull(240, 210, 14, NIGHT, 2)


@scene("2026/10/two-eyes-one-horizon", 770, 433, "#eaf1ee")
def two_eyes(s):
    s.path("M-40 433Q385 190 810 433z", SEA), s.path("M-40 433Q385 230 810 433z", "#4d8b97")
    s.lighthouse(110, 366, 190), s.path("M610 344h110l-20 30h-74z", BRICK), s.line(660, 344, 660, 250, INK, 4), s.poly([(660, 250), (720, 330), (660, 330)], PAPER, stroke=INK, stroke_width=2)
    s.line(110, 146, 690, 334, BRICK, 3, stroke_dasharray="10 7"), s.circle(385, 311, 7, BRICK)
    s.line(60, 366, 60, 150, INK, 2), s.text(40, 264, "h₁", 28), s.line(744, 360, 744, 330, INK, 2), s.text(752, 322, "h₂", 24, anchor="end")
    s.text(385, 60, "d = 2.08 (√h₁ + √h₂)", 34), s.text(400, 292, "地平线", 22, BRICK)


@scene("2026/10/lens-from-inside", 770, 1027, "#0f1f30")
def lens(s):
    s.rect(0, 0, 770, 1027, s.gradient("room", (0, "#274257"), (.5, "#3d6370"), (1, "#13222f")))
    s.ellipse(385, 500, 380, 480, s.glow("lamp", "#fff0b8", .8))
    for at in range(11):
        half, y = 300 - abs(5 - at) * 30, 100 + at * 80
        s.path(f"M{385 - half} {y}Q385 {y + (5 - at) * -26} {385 + half} {y}l-12 52Q385 {y + 52 + (5 - at) * -26} {385 - half + 12} {y + 52}z", "#cfe9e6", "#7fb0b4", 3, opacity=.62)
    for ring in (150, 112, 74, 36):
        s.circle(385, 526, ring, "none", stroke="#f4ffff", stroke_width=8, opacity=.75)
    s.circle(385, 526, 24, "#fffbe2")
    for x in (70, 260, 510, 700):
        s.line(x, 40, x + (385 - x) * .12, 1000, BRASS, 13), s.line(x, 40, x + (385 - x) * .12, 1000, "#f1cf86", 4)
    s.rect(40, 20, 690, 46, BRASS, rx=10), s.rect(60, 970, 650, 50, BRASS, rx=10)


@scene("2026/10/keeper-on-the-steps", 770, 528, "#cfc4ae")
def keeper(s):
    s.rect(0, 0, 770, 528, s.gradient("wall", (0, "#efe6d2"), (1, "#a99b80"), across=True))
    for at in range(15):
        s.rect(at * 54, 500 - at * 30, 770 - at * 54, 30, ("#7d7262", "#8d8272")[at % 2]), s.rect(at * 54, 500 - at * 30, 770 - at * 54, 5, "#b7ac98")
    s.path("M20 400L700 22", stroke=INK, width=8)
    for at in range(12):
        s.line(50 + at * 56, 384 - at * 31, 50 + at * 56, 480 - at * 31, INK, 4)
    s.rect(90, 60, 110, 150, SHALLOW, rx=55, stroke=PAPER, stroke_width=13), s.line(145, 60, 145, 210, PAPER, 6)
    s.path("M352 312q-10-116 40-120q52 6 44 120z", SEA), s.circle(392, 168, 28, SAND), s.path("M362 162q4-38 32-36q30 0 30 34h16l-10 8z", INK), s.line(374, 312, 370, 344, INK, 15), s.line(410, 300, 424, 318, INK, 15)
    s.path("M430 214q36 16 40 56", stroke=SEA, width=15), s.rect(456, 270, 30, 42, BRASS, rx=5), s.circle(471, 292, 60, s.glow("lamp", "#ffe9a8", .8))


@scene("2026/04/red-pencil")
def red_pencil(s):
    s.rect(0, 0, 770, 513, "#cbb894"), s.add("g", '<rect width="560" height="470" fill="#fffdf6"/>', transform="translate(70 34) rotate(-3)")
    for row in range(9):
        y, x = 96 + row * 42, 120
        while x < 560:
            w = s.random.randint(30, 90)
            s.rect(x, y - row, min(w, 590 - x), 11, "#4a5560", rx=4, opacity=.75)
            x += w + 13
    s.path("M170 176q70-22 128 0M330 262q40 26 100 4l-4 14M150 348h140M146 356q60 8 150-2", stroke=BRICK, width=5), s.circle(506, 186, 30, "none", stroke=BRICK, stroke_width=5), s.text(600, 214, "?", 66, BRICK, font_style="italic")
    s.add("g", '<rect width="330" height="34" fill="#b5452c"/><rect width="330" height="11" fill="#d0674d"/><path d="M0 0L-54 17L0 34z" fill="#e6c79c"/><path d="M-36 11L-54 17L-36 23z" fill="#b5452c"/><rect x="330" width="26" height="34" fill="#d9a441"/><rect x="356" width="30" height="34" rx="8" fill="#f0b6a8"/>', transform="translate(420 400) rotate(-28)")


@scene("2026/03/logbook-open", ground="#5d4330")
def logbook(s):
    s.planks(0, 513, "#6d4e37", "#543925", 64)
    s.path("M70 90Q230 60 385 96Q540 60 700 90V450Q540 420 385 456Q230 420 70 450z", DARK), s.path("M84 84Q240 56 385 90V442Q240 408 84 438z", PAPER), s.path("M686 84Q530 56 385 90V442Q530 408 686 438z", "#efe6d0")
    for row in range(9):
        y = 134 + row * 32
        s.path(f"M104 {y}Q240 {y - 18} 370 {y + 4}M400 {y + 4}Q530 {y - 18} 668 {y}", stroke="#a9bfc0", width=1.5)
        s.scribble(112, y - 6, 34, SEA), s.scribble(160, y - 11, s.random.randint(60, 180))
        if row in (1, 2, 4, 7):
            s.scribble(420, y - 8, s.random.randint(60, 200))
    s.path("M150 96V424M580 78V424", stroke=BRICK, width=1.5, opacity=.7), s.scribble(598, 300, 70, BRICK, 2, 4), s.path("M385 90V442", stroke=WOOD, width=4), s.path("M470 440q-4 40 12 66l14-14l14 14q-10-40-6-68z", BRICK)


@scene("2026/03/pencil-stub", ground="#e4d6b8")
def stub(s):
    s.ruled(0, 60, 770, 12, 38, "#b8c6c4"), s.line(120, 0, 120, 513, BRICK, 2), s.scribble(150, 130, 330), s.scribble(150, 168, 400), s.scribble(150, 206, 210)
    s.ellipse(440, 372, 190, 17, WOOD, opacity=.35)
    s.add("g", '<rect width="210" height="70" fill="#2f6f7e"/><rect width="210" height="23" fill="#4f96a4"/><path d="M0 0L-96 35L0 70q-14-12 0-24q-14-11 0-22q-14-12 0-24z" fill="#e6c79c"/><path d="M-64 23L-96 35L-64 47z" fill="#14283c"/><path d="M210 0q18 35 0 70z" fill="#8a5a3b"/><path d="M150 8l14 10l-10 14l16 8M176 40l12 12" fill="none" stroke="#dcebe8" stroke-width="3"/>', transform="translate(360 270) rotate(-8)")
    for x, y in ((250, 400), (280, 414), (232, 420)):
        s.path(f"M{x} {y}q14-18 28 0q-8 14-28 0z", "#e6c79c", WOOD, 2)


@scene("2023/09/flag-and-smoke", ground="#bcd3d6")
def flag(s):
    s.rect(0, 0, 770, 420, s.gradient("sky", (0, "#8fb4bd"), (1, "#eef0e2"))), s.rect(0, 400, 770, 113, "#7f8f5e")
    s.line(220, 470, 220, 60, INK, 8), s.circle(220, 56, 10, BRASS), s.path("M224 74q60-26 120 0t130-6l-24 60l24 52q-70 30-130 8t-120 8z", BRICK), s.path("M224 120q60-26 120 0t112-4l-6 20q-60 18-106-2t-120 0z", PAPER)
    s.path("M470 400V250l100-70l100 70v150z", PAPER), s.path("M456 256L570 172L684 256", stroke=DARK, width=15), s.rect(600, 150, 34, 70, DARK), s.rect(540, 310, 60, 90, SEA), s.rect(620, 290, 36, 36, BRASS)
    s.path("M617 140q20-40 70-40t90-30M617 132q10-50 60-56t100-30", stroke=GREY, width=17, opacity=.7)
    for x in range(20, 770, 30):
        s.path(f"M{x} 513q10-40 34-50", stroke="#5f7042", width=4)
    s.gull(90, 120, 26), s.gull(140, 170, 17)


@scene("2023/06/gimballed-stove", ground="#d3c29d")
def stove(s):
    s.planks(0, 513, "#d3bd92", "#b39a6c", 60)
    s.path("M130 130V440M640 130V440", stroke=DARK, width=26), s.circle(130, 250, 22, BRASS), s.circle(640, 250, 22, BRASS), s.line(130, 250, 640, 250, INK, 8)
    s.add("g", '<rect x="-190" y="0" width="380" height="160" rx="10" fill="#14283c"/><rect x="-160" y="40" width="210" height="96" rx="6" fill="#33475c"/><circle cx="110" cy="60" r="17" fill="#d9a441"/><circle cx="110" cy="112" r="17" fill="#d9a441"/>'
          '<path d="M-110-110h180v96q0 14-16 14h-148q-16 0-16-14z" fill="#9aa3a8"/><rect x="-122" y="-122" width="204" height="14" rx="6" fill="#14283c"/><circle cx="-20" cy="-130" r="9" fill="#b5452c"/>'
          '<path d="M-150-14h34v-46M130-14h-46v-46" fill="none" stroke="#d9a441" stroke-width="8"/>', transform="translate(385 250)")
    s.path("M340 100q-20-30 6-56M400 100q-20-30 6-56", stroke="#fff", width=6, opacity=.7)
    s.path("M60 480Q385 430 710 380", stroke=SEA, width=5, stroke_dasharray="14 9"), s.path("M690 372l22 8l-16 18", stroke=SEA, width=5)


@scene("2024/07/composing-stick", ground="#5a4636")
def stick(s):
    s.planks(0, 513, "#6a523e", "#523d2c", 70)
    s.add("g", "".join([
        '<rect x="-20" y="-10" width="600" height="180" rx="8" fill="#9aa3a8"/><rect x="-20" y="-10" width="600" height="24" fill="#c3cacc"/><rect x="-20" y="-10" width="30" height="180" fill="#c3cacc"/><rect x="470" y="14" width="44" height="130" fill="#7f898f"/><circle cx="492" cy="150" r="13" fill="#14283c"/>',
        "".join(f'<rect x="{14 + at * 37}" y="18" width="35" height="122" fill="{"#d9dcd8" if at % 2 else "#c9cdc9"}" stroke="#14283c" stroke-width="1.5"/>'
                f'<text transform="translate({31 + at * 37} 96) scale(-1 1)" font-size="46" text-anchor="middle" font-family="Georgia,serif" fill="#14283c">{letter}</text>'
                for at, letter in enumerate("no mistakes"[::-1].replace(" ", " ")))]), transform="translate(110 170) rotate(-6)")
    for x, y, letter in ((90, 430, "q"), (190, 460, "e"), (640, 440, "&amp;")):
        s.rect(x - 20, y - 34, 42, 54, "#c9cdc9", stroke=INK, stroke_width=2), s.text(x, y + 6, letter, 36)


@scene("2024/07/lower-case", 770, 578, DARK)
def lower_case(s):
    rows = ["ffi fl   5 6 7 8".split(), list("jbcdeist") + ["fg"], list("lmnhoy,w"), list("xvutarq.")]
    widths = [1, 1, 1.4, 1, 1.6, 1, 1.2, .8]
    for row in range(5):
        x, total = 10.0, sum(widths)
        for column, width in enumerate(widths[row % 3:] + widths[:row % 3]):
            w = width / total * 750
            s.rect(round(x) + 3, 13 + row * 111, round(w) - 6, 105, "#8a6647"), s.rect(round(x) + 3, 13 + row * 111, round(w) - 6, 10, "#5e4230")
            letter = "ezjbcdisfglmnhoy,pwxvutarq.kfi-;0123456789"[(row * 8 + column) % 42]
            for _ in range(round(w / 9)):
                px, py = x + s.random.uniform(14, w - 30), 34 + row * 111 + s.random.uniform(0, 62)
                turn = s.random.randint(0, 180)
                s.rect(round(px), round(py), 15, 21, s.random.choice([GREY, "#c3cacc", "#7f898f"]), stroke=INK, stroke_width=1, transform=f"rotate({turn} {px + 7:.0f} {py + 10:.0f})")
            s.text(round(x + w / 2), 84 + row * 111, letter, 54, PAPER, font_weight=700)
            x += w


@scene("2024/07/spacing-material", 770, 433, "#d8cba9")
def spacing(s):
    x = 50
    for at, (fill, w, h) in enumerate([(BRASS, 12, 300), (BRASS, 20, 270), (BRASS, 30, 300), (GREY, 44, 240), (GREY, 60, 200), ("#7f898f", 80, 160), ("#c3cacc", 100, 120), (PAPER, 8, 320), (PAPER, 8, 300), (SAND, 8, 310), ("#fff", 130, 90)]):
        s.rect(x + 5, 376 - h, w, h, INK, opacity=.2), s.rect(x, 370 - h, w, h, fill, stroke=INK, stroke_width=2)
        x += w + 17
    s.line(30, 372, 740, 372, DARK, 6)
    for at in range(24):
        s.line(40 + at * 30, 384, 40 + at * 30, 396 if at % 4 else 408, DARK, 2)


@scene("2024/10/night-migration", ground=NIGHT)
def migration(s):
    s.rect(0, 0, 770, 513, s.gradient("sky", (0, "#0b1426"), (1, "#31466a"))), s.stars(110, 420), s.circle(400, 230, 270, s.glow("halo", "#f7eecb", .5)), s.circle(400, 230, 152, "#f4ecd0")
    for x, y, r in ((350, 190, 30), (440, 270, 42), (420, 160, 17), (330, 280, 22), (480, 200, 14)):
        s.circle(x, y, r, "#e0d5b2")
    for at in range(17):
        side = 1 if at % 2 else -1
        x, y = 250 + (at // 2) * 26 * 1.3, 210 + side * (at // 2) * 17
        s.gull(x, y, 17, NIGHT, 4)
    s.path("M0 513v-60q120-30 240-10t260-20t270 20v70z", "#070d18")


@scene("2024/10/lantern-room-birds", 770, 528, "#16263a")
def lantern_birds(s):
    s.rect(0, 0, 770, 528, s.gradient("sky", (0, "#22344f"), (1, "#8c7a86"))), s.ellipse(230, 230, 330, 270, s.glow("lamp", "#ffe9a8", .9))
    s.rect(70, 60, 320, 300, "#ffeeb5")
    for x in (70, 150, 230, 310, 390):
        s.line(x, 60, x, 360, INK, 9)
    s.path("M40 60L230-60L420 60z", INK), s.line(70, 210, 390, 210, INK, 6), s.rect(30, 360, 740, 34, "#33475c"), s.rect(0, 394, 770, 134, "#1b2a3d")
    for y in (250, 300):
        s.line(400, y, 770, y, "#6f7f8c", 8)
    for x in (430, 540, 650, 760):
        s.line(x, 240, x, 362, "#6f7f8c", 8)
    for x, y, fill in ((470, 244, SAND), (510, 244, BRASS), (590, 244, GREY), (620, 294, SAND), (690, 244, BRICK), (500, 354, GREY), (570, 354, SAND), (720, 354, BRASS)):
        s.path(f"M{x - 22} {y - 4}q2-24 24-22q4-16 16-10l9 6l-9 4q2 24-22 26z", fill, INK, 2), s.circle(x + 13, y - 29, 2, INK), s.path(f"M{x - 22} {y - 4}l-16 6", stroke=INK, width=4)


@scene("2024/01/fog-signal-house", ground="#c4cccb")
def fog_house(s):
    s.rect(0, 0, 770, 513, s.gradient("fog", (0, "#dfe3e0"), (1, "#a3b0b2")))
    s.path("M0 513V400q160-60 330-40t440 90v63z", "#6f7b78"), s.rect(170, 210, 220, 170, "#e9e3d3"), s.poly([(150, 214), (280, 130), (410, 214)], "#8e4a38"), s.rect(200, 280, 50, 100, "#51636a"), s.rect(290, 270, 50, 50, "#7f979c")
    s.path("M390 240l110-50v130l-110-40z", INK), s.ellipse(502, 255, 22, 68, "#33475c"), s.ellipse(504, 255, 13, 48, NIGHT)
    for at in range(5):
        s.path(f"M{550 + at * 42} {200 - at * 16}q{34 + at * 6} {55 + at * 16} 0 {110 + at * 32}", stroke=PAPER, width=9, opacity=round(.85 - at * .15, 2))
    for y, opacity in ((330, .5), (380, .6), (440, .7), (120, .35)):
        s.ellipse(s.random.randint(100, 640), y, 420, 32, "#e8ebe8", opacity=opacity)


@scene("2024/01/stopwatch-in-mist", 770, 433, "#b3bfc0")
def stopwatch(s):
    s.rect(0, 0, 770, 433, s.gradient("fog", (0, "#d6dcda"), (1, "#8a999c")))
    s.rect(362, 34, 46, 44, INK, rx=6), s.rect(376, 14, 18, 26, GREY), s.rect(470, 74, 30, 32, INK, transform="rotate(40 485 90)")
    s.circle(385, 230, 160, INK), s.circle(385, 230, 146, GREY), s.circle(385, 230, 130, PAPER)
    for at in range(60):
        angle = math.radians(at * 6)
        inner = 106 if at % 5 == 0 else 116
        s.line(385 + inner * math.sin(angle), 230 - inner * math.cos(angle), 385 + 124 * math.sin(angle), 230 - 124 * math.cos(angle), INK, 3 if at % 5 == 0 else 1.5)
    for at in range(0, 60, 10):
        angle = math.radians(at * 6)
        s.text(round(385 + 86 * math.sin(angle)), round(238 - 86 * math.cos(angle)), at or 60, 24)
    s.line(375, 252, 440, 136, BRICK, 5), s.circle(385, 230, 9, INK), s.circle(385, 290, 26, "none", stroke=GREY, stroke_width=3)
    s.path("M130 433q20-120 150-130l30 60q-50 20-60 70zM640 433q-20-120-150-130l-30 60q50 20 60 70z", "#e0b78f")
    for y, opacity in ((390, .7), (340, .35), (60, .4)):
        s.ellipse(s.random.randint(150, 600), y, 430, 36, "#e8ebe8", opacity=opacity)


def paint(chromium, svg, width, height, kind):
    """The drawing as pixels, with a little grain, as the browser packs it."""
    mime = {"jpg": "image/jpeg", "png": "image/png", "webp": "image/webp"}[kind]
    grain = "" if kind == "png" else """
      const data = c.getImageData(0, 0, %d, %d); let seed = 7;
      for (let i = 0; i < data.data.length; i += 4) { seed = (seed * 1103515245 + 12345) %% 2147483648; const n = (seed / 2147483648 - .5) * 9;
        for (let k = 0; k < 3; k++) data.data[i + k] += n; }
      c.putImageData(data, 0, 0);""" % (width, height)
    page = f"""<body><script>const i = new Image(); i.onload = () => {{ const e = document.createElement('canvas'); e.width = {width}; e.height = {height};
      const c = e.getContext('2d'); c.drawImage(i, 0, 0, {width}, {height}); {grain}
      document.body.innerHTML = '<pre>' + e.toDataURL('{mime}', .78) + '</pre>'; }};
      i.src = 'data:image/svg+xml;charset=utf-8,' + encodeURIComponent({svg!r});</script>"""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "page.html")
        file.write_text(page, encoding="utf-8")
        flags = ["--headless=new", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=4000", f"--user-data-dir={folder}/profile", "--dump-dom"]
        dom = subprocess.run([chromium, *flags, file.as_uri()], capture_output=True, text=True, timeout=60).stdout
    import base64
    return base64.b64decode(re.search(rf"data:{mime};base64,([^<]*)", dom).group(1))


def main():
    chromium = sys.argv[1] if len(sys.argv) > 1 else "chromium"
    total = 0
    for name, (width, height, ground, draw) in SCENES.items():
        sheet = Sheet(name, width, height, ground)
        draw(sheet)
        svg = sheet.svg(getattr(sheet, "box", None), (width, height))
        kind = RASTER.get(name, "svg")
        content = svg.encode() if kind == "svg" else paint(chromium, svg, width, height, kind)
        file = ROOT / f"{name}.{kind}"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
        total += len(content)
    print(f"{len(SCENES)} pictures, {total} bytes")


if __name__ == "__main__":
    main()
