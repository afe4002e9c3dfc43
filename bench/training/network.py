"""Train the check-worthiness network and export its first five blocks, as they are shipped.

    pip install torch transformers onnx onnxruntime     (in an environment of its own)
    python -m bench.training.network CLAIMBUSTER BASE OUT

CLAIMBUSTER is the folder of the ClaimBuster data set: crowdsourced.csv, groundtruth.csv and
2.5xNCS.json. BASE is a folder with all-MiniLM-L6-v2 (config.json, model.safetensors,
tokenizer.json). About three minutes an epoch on one core, four epochs in all. The result depends a
little on the machine, so its sha256 differs: put the new one into `bot/claims/model/network.py` and
the card, and fit the weights again with `bench.training.weigh`.
"""

import argparse
import csv
import hashlib
import json
import random
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

BASE_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
SEED = 7
BATCH = 32
TOKENS = 96
RATE = 5e-5  # a usual one: that of the shipped network is not on record
WARM_UP = 0.06  # of all steps
SMOOTHING = 0.05
BLOCKS = (2, 3, 4)  # counted from 0; the mean token states of these are what is shipped
ANSWERS = (-1, 0, 1)  # not factual, unimportant, check-worthy

Sentence = tuple[str, int]


def main() -> None:
    """Train twice, average the weights, cut and export."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name in ("claimbuster", "base", "out"):
        parser.add_argument(name, type=Path)
    given = parser.parse_args()
    base = (given.base / "model.safetensors").read_bytes()
    if hashlib.sha256(base).hexdigest() != BASE_SHA256:
        raise SystemExit("the base is not the model that the card names")
    every, agreed = sentences_of(given.claimbuster)
    careful = trained(given.base, agreed, epochs=3)
    broad = trained(given.base, every, epochs=1)
    given.out.mkdir(parents=True, exist_ok=True)
    export(averaged(careful, broad), given.out)
    shutil.copy(given.base / "tokenizer.json", given.out)
    bound_tokenizer(given.out / "tokenizer.json")


def sentences_of(folder: Path) -> tuple[list[Sentence], list[Sentence]]:
    """All sentences for training, and those whose labels are agreed on (2.5xNCS).

    Texts of the groundtruth part are left out of both: it is what the network is tested on.
    """
    tested = {row["Text"].strip() for row in _rows(folder / "groundtruth.csv")}
    rows = [row for row in _rows(folder / "crowdsourced.csv") if row["Text"].strip() not in tested]
    every = [(row["Text"], ANSWERS.index(int(row["Verdict"]))) for row in rows]
    chosen = json.loads((folder / "2.5xNCS.json").read_text("utf-8"))
    ids = {int(one["sentence_id"]) for one in chosen}
    kept = [int(row["Sentence_id"]) in ids for row in rows]
    return every, [one for one, is_kept in zip(every, kept, strict=True) if is_kept]


def trained(base: Path, sentences: Sequence[Sentence], *, epochs: int) -> Any:
    """The network after some epochs: AdamW, linear decay, word embeddings frozen."""
    import torch
    from transformers import AutoModelForSequenceClassification, get_linear_schedule_with_warmup

    torch.manual_seed(SEED)
    order = random.Random(SEED)
    network = AutoModelForSequenceClassification.from_pretrained(base, num_labels=len(ANSWERS))
    network.bert.embeddings.word_embeddings.requires_grad_(False)
    learned = [weights for weights in network.parameters() if weights.requires_grad]
    steps = epochs * -(-len(sentences) // BATCH)
    descent = torch.optim.AdamW(learned, lr=RATE, weight_decay=0.01)
    pace = get_linear_schedule_with_warmup(descent, int(WARM_UP * steps), steps)
    loss_of = torch.nn.CrossEntropyLoss(label_smoothing=SMOOTHING)
    tokenizer = _tokenizer(base)
    network.train()
    for _ in range(epochs):
        shuffled = order.sample(list(sentences), len(sentences))
        for start in range(0, len(shuffled), BATCH):
            batch = shuffled[start : start + BATCH]
            with torch.autocast("cpu", dtype=torch.bfloat16):
                logits = network(**_batch(tokenizer, [text for text, _ in batch])).logits
            loss = loss_of(logits.float(), torch.tensor([answer for _, answer in batch]))
            descent.zero_grad()
            loss.backward()
            descent.step()
            pace.step()
    return network.eval()


def averaged(one: Any, other: Any) -> Any:
    """The first network with the mean of both networks' weights."""
    theirs = other.state_dict()
    mean = {
        name: (ours + theirs[name]) / 2 if ours.is_floating_point() else ours
        for name, ours in one.state_dict().items()
    }
    one.load_state_dict(mean)
    return one


def export(network: Any, out: Path) -> None:
    """`model_int8.onnx`: ids in, the mean token states of three blocks out, rounded to 8 bits."""
    import torch
    from onnxruntime.quantization import QuantType, quantize_dynamic

    class States(torch.nn.Module):
        def __init__(self, bert: Any) -> None:
            super().__init__()
            bert.encoder.layer = bert.encoder.layer[: BLOCKS[-1] + 1]
            self.bert = bert

        def forward(self, input_ids: Any, attention_mask: Any, token_type_ids: Any) -> Any:
            seen = self.bert(
                input_ids, attention_mask, token_type_ids, output_hidden_states=True
            ).hidden_states
            mask = attention_mask.unsqueeze(-1).float()
            means = [(seen[n + 1] * mask).sum(1) / mask.sum(1) for n in BLOCKS]
            return torch.cat(means, dim=1)

    names = ["input_ids", "attention_mask", "token_type_ids"]
    example = tuple(torch.ones(2, 8, dtype=torch.long) for _ in names)
    whole = out / "model.onnx"
    torch.onnx.export(
        States(network.bert),
        example,
        str(whole),
        input_names=names,
        output_names=["states"],
        dynamic_axes={name: {0: "batch", 1: "tokens"} for name in names} | {"states": {0: "batch"}},
        opset_version=17,
        dynamo=False,
    )
    quantize_dynamic(
        whole,
        out / "model_int8.onnx",
        op_types_to_quantize=["MatMul", "Gather", "Gemm"],
        per_channel=True,
        weight_type=QuantType.QInt8,
    )
    whole.unlink()


def bound_tokenizer(path: Path) -> None:
    """Cut every text at the number of tokens that the network was trained on, and never pad."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.enable_truncation(TOKENS)
    tokenizer.no_padding()
    tokenizer.save(str(path))


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _tokenizer(base: Path) -> Any:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(base / "tokenizer.json"))
    tokenizer.enable_truncation(TOKENS)
    tokenizer.enable_padding()
    return tokenizer


def _batch(tokenizer: Any, texts: Sequence[str]) -> dict[str, Any]:
    import torch

    encoded = tokenizer.encode_batch(list(texts))
    return {
        "input_ids": torch.tensor([one.ids for one in encoded]),
        "attention_mask": torch.tensor([one.attention_mask for one in encoded]),
        "token_type_ids": torch.tensor([one.type_ids for one in encoded]),
    }


if __name__ == "__main__":
    main()
