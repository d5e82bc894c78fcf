"""Logits of the checkpoints in assets, by Hugging Face transformers 4.57.6.

Run in this folder after a checkpoint has changed:  python make.py
"""
from pathlib import Path

import torch
from PIL import Image
from safetensors.torch import save_file
from transformers import ViltForMaskedLM, ViltForQuestionAnswering, ViltProcessor

ASSETS = Path(__file__).resolve().parents[3] / "assets"
MODELS = {
    "vilt-zoo-mlm": (ViltForMaskedLM, "what color is the [MASK]"),
    "vilt-zoo-finetuned-vqa": (ViltForQuestionAnswering, "what color is the elephant"),
}

for name, (architecture, text) in MODELS.items():
    model, loading = architecture.from_pretrained(ASSETS / name, output_loading_info=True)
    assert not any(loading.values()), loading
    processor = ViltProcessor.from_pretrained(ASSETS / name)
    picture = Image.open(ASSETS / "elephant.png").convert("RGB")
    encoding = processor(picture, text, padding="max_length", max_length=40, return_tensors="pt")
    with torch.no_grad():
        logits = model.eval()(**encoding).logits
    tensors = {**encoding, "logits": logits}
    save_file({key: value.contiguous() for key, value in tensors.items()}, f"{name}.safetensors")
