"""Cuts Noto Sans CJK SC down to what the documents are written in: `python3 subset.py NotoSansCJK-Regular.ttc`."""

import sys

from fontTools import subset

RANGES = [
    (0x20, 0x250), (0x370, 0x400), (0x400, 0x460), (0x2000, 0x2070), (0x20A0, 0x20C0), (0x2100, 0x2300), (0x2460, 0x2700),
    (0x3000, 0x3100), (0x3200, 0x33FF), (0x3400, 0x4DC0), (0x4E00, 0xA000), (0xF900, 0xFB00), (0xFE10, 0xFE50),
    (0xFF00, 0xFFF0), (0x20000, 0x33480),
]  # fmt: skip
# Of the collection: 2 is Simplified Chinese.
FACE = 2

options = subset.Options()
options.hinting = False
options.layout_features = ["ccmp", "kern"]
options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
options.drop_tables += ["vhea", "vmtx", "VORG", "BASE"]
options.font_number = FACE
font = subset.load_font(sys.argv[1], options)
cut = subset.Subsetter(options)
cut.populate(unicodes={c for start, end in RANGES for c in range(start, end)})
cut.subset(font)
subset.save_font(font, "NotoSansCJKsc-Regular.otf", options)
