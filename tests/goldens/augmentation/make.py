"""What Pillow makes of a picture by each operation of ViLT's RandAugment, at several magnitudes.

Run with the reference's Python (Pillow 12.3, numpy, safetensors, torch): python make.py ../processor/pictures
The operations are those of https://github.com/dandelin/ViLT, vilt/transforms/randaugment.py, with the random sign given.
"""
import sys
from pathlib import Path

import numpy as np
import torch
from PIL import Image, ImageEnhance, ImageOps
from safetensors.torch import save_file

AFFINE = Image.Transform.AFFINE


def solarize_add(image, addition):
    added = np.clip(np.array(image).astype(int) + addition, 0, 255).astype(np.uint8)
    return ImageOps.solarize(Image.fromarray(added), 128)


OPERATIONS = {
    "AutoContrast": (0, 1, lambda image, v: ImageOps.autocontrast(image)),
    "Equalize": (0, 1, lambda image, v: ImageOps.equalize(image)),
    "Rotate": (0, 30, lambda image, v: image.rotate(v)),
    "Posterize": (0, 4, lambda image, v: ImageOps.posterize(image, max(1, int(v)))),
    "Solarize": (0, 256, lambda image, v: ImageOps.solarize(image, v)),
    "SolarizeAdd": (0, 110, solarize_add),
    "Color": (0.1, 1.9, lambda image, v: ImageEnhance.Color(image).enhance(v)),
    "Contrast": (0.1, 1.9, lambda image, v: ImageEnhance.Contrast(image).enhance(v)),
    "Brightness": (0.1, 1.9, lambda image, v: ImageEnhance.Brightness(image).enhance(v)),
    "Sharpness": (0.1, 1.9, lambda image, v: ImageEnhance.Sharpness(image).enhance(v)),
    "ShearX": (0.0, 0.3, lambda image, v: image.transform(image.size, AFFINE, (1, v, 0, 0, 1, 0))),
    "ShearY": (0.0, 0.3, lambda image, v: image.transform(image.size, AFFINE, (1, 0, 0, v, 1, 0))),
    "TranslateX": (0, 100, lambda image, v: image.transform(image.size, AFFINE, (1, 0, v, 0, 1, 0))),
    "TranslateY": (0, 100, lambda image, v: image.transform(image.size, AFFINE, (1, 0, 0, 0, 1, v))),
}
SIGNED = {"Rotate", "ShearX", "ShearY", "TranslateX", "TranslateY"}

pictures = Path(sys.argv[1])
generator = np.random.default_rng(7)
inputs = {
    "photo": Image.open(pictures / "rgb.jpg").convert("RGB").crop((0, 0, 41, 29)),
    "noise": Image.fromarray(generator.integers(30, 200, (20, 27, 3), dtype=np.uint8)),
    "flat": Image.fromarray(np.full((5, 4, 3), 77, dtype=np.uint8)),
    "few": Image.fromarray(generator.integers(0, 3, (16, 17, 3), dtype=np.uint8) * 60 + 50),
}
tensors = {}
for name, image in inputs.items():
    tensors[name] = torch.from_numpy(np.array(image))
    for operation, (least, most, apply) in OPERATIONS.items():
        for magnitude in (3, 9, 20) if name in ("photo", "noise") else (9,):
            value = magnitude / 30 * (most - least) + least
            for sign in (1, -1) if operation in SIGNED else (1,):
                result = np.array(apply(image, sign * value))
                tensors[f"{name}.{operation}.{magnitude}.{'+' if sign > 0 else '-'}"] = torch.from_numpy(result.copy())

save_file(tensors, Path(__file__).parent / "operations.safetensors")
