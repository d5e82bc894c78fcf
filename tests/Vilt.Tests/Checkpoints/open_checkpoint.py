"""Opens a checkpoint with transformers, its processor too, prints what it makes of a picture and a question, and saves it in both forms."""
import json
import sys

import torch
from PIL import Image
from transformers import AutoImageProcessor, AutoTokenizer, ViltForQuestionAnswering, ViltProcessor

folder, picture, question, copy = sys.argv[1:]
AutoTokenizer.from_pretrained(folder)
AutoImageProcessor.from_pretrained(folder)
model, loading = ViltForQuestionAnswering.from_pretrained(folder, output_loading_info=True)
processor = ViltProcessor.from_pretrained(folder)
inputs = processor(Image.open(picture).convert("RGB"), question, padding="max_length", return_tensors="pt")
with torch.no_grad():
    logits = model.eval()(**inputs).logits[0]
processor.save_pretrained(copy)
for safe in (True, False):  # model.safetensors and pytorch_model.bin
    model.save_pretrained(copy, safe_serialization=safe)
print(json.dumps({
    "logits": logits.tolist(), "input_ids": inputs["input_ids"][0].tolist(), "pixel_shape": list(inputs["pixel_values"].shape),
    "answers": [model.config.id2label[i] for i in range(len(logits))],
    "missing_keys": sorted(loading["missing_keys"]), "unexpected_keys": sorted(loading["unexpected_keys"]),
}))
