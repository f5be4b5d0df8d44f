"""The network: a MiniLM encoder with heads for tags, sentence starts, dependencies, names and what refers to what."""

from __future__ import annotations

import json
from pathlib import Path

import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers
from torch import Tensor, nn
from torch.nn import functional

from graphbuild.language.pieces import Shape

WIDTH, LAYERS, HEADS, INNER, POSITIONS = 384, 6, 12, 1536, 512
ARC, LABEL, NAME, REFER = 256, 96, 256, 64
FARTHEST = 10  # distances are told apart by their binary logarithm, up to 2**FARTHEST words
SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]")


class Layer(nn.Module):
    """One transformer layer, normalised after each half as in BERT."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.attend = nn.Linear(WIDTH, 3 * WIDTH)
        self.mix = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up = nn.Linear(WIDTH, INNER)
        self.down = nn.Linear(INNER, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = dropout

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        batch, length, _ = x.shape
        q, k, v = self.attend(x).view(batch, length, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        dropout = self.dropout if self.training else 0.0
        mixed = functional.scaled_dot_product_attention(q, k, v, attn_mask=mask, dropout_p=dropout)
        mixed = self.mix(mixed.transpose(1, 2).reshape(batch, length, WIDTH))
        x = self.norm1(x + functional.dropout(mixed, dropout))
        inner = self.down(functional.gelu(self.up(x)))
        return self.norm2(x + functional.dropout(inner, dropout))


class Network(nn.Module):
    """Word pieces and shapes in, scores for every word out.

    ``inventory`` holds the label lists "tags", "deps", "names" and "sets". Shapes: B chunks, T pieces, N words.
    """

    def __init__(self, inventory: dict[str, list[str]], pieces: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.inventory = inventory
        self.pieces: nn.Module = nn.Embedding(pieces, WIDTH)
        self.positions = nn.Embedding(POSITIONS, WIDTH)
        self.shapes = nn.Embedding(len(Shape), WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.join = nn.Linear(2 * WIDTH, WIDTH)
        self.joined = nn.LayerNorm(WIDTH)
        self.tag = nn.Linear(WIDTH, len(inventory["tags"]))
        self.begin = nn.Linear(WIDTH, 1)
        self.arc_head, self.arc_child = nn.Linear(WIDTH, ARC), nn.Linear(WIDTH, ARC)
        self.arc = nn.Parameter(torch.zeros(ARC, ARC))
        self.arc_bias = nn.Linear(WIDTH, 1)
        self.label_head, self.label_child = nn.Linear(WIDTH, LABEL), nn.Linear(WIDTH, LABEL)
        self.label = nn.Parameter(torch.zeros(len(inventory["deps"]), LABEL, LABEL))
        self.label_bias_head = nn.Linear(LABEL, len(inventory["deps"]))
        self.label_bias_child = nn.Linear(LABEL, len(inventory["deps"]), bias=False)
        self.sets = nn.Embedding(len(inventory["sets"]), NAME)
        self.name_hidden = nn.Linear(WIDTH, NAME)
        self.name = nn.Linear(NAME, len(inventory["names"]))
        self.refer_hidden = nn.Linear(WIDTH, NAME)
        self.refer_from, self.refer_to = nn.Linear(NAME, REFER), nn.Linear(NAME, REFER)
        self.refer_near = nn.Embedding(FARTHEST + 1, 1)
        self.dropout = dropout
        nn.init.zeros_(self.refer_near.weight)
        nn.init.normal_(self.arc, std=0.02)
        nn.init.normal_(self.label, std=0.02)
        nn.init.zeros_(self.shapes.weight)
        nn.init.normal_(self.sets.weight, std=0.02)

    def words(self, pieces: Tensor, shapes: Tensor, first: Tensor, last: Tensor, mask: Tensor | None) -> Tensor:
        """B×N×WIDTH vectors; ``first`` and ``last`` are the B×N piece indices of each word."""
        positions = torch.arange(pieces.shape[1], device=pieces.device)
        x = self.pieces(pieces) + self.positions(positions) + self.shapes(shapes)
        x = functional.dropout(self.norm(x), self.dropout, self.training)
        for layer in self.layers:
            x = layer(x, mask)
        rows = torch.arange(x.shape[0], device=x.device)[:, None]
        ahead, behind = x[rows, first], x[rows, last]
        y = functional.gelu(self.join(torch.cat([ahead, behind], -1)))
        return self.joined(ahead + functional.dropout(y, self.dropout, self.training))

    def arcs(self, x: Tensor) -> Tensor:
        """B×N×N scores: row = child, column = head; a word that heads itself is a root."""
        head = self._head(self.arc_head, x)
        child = self._head(self.arc_child, x)
        return (child @ self.arc) @ head.transpose(1, 2) / ARC**0.5 + self.arc_bias(x).transpose(1, 2)

    def _head(self, linear: nn.Linear, x: Tensor) -> Tensor:
        return functional.dropout(functional.gelu(linear(x)), 2 * self.dropout, self.training)

    def labels(self, x: Tensor, heads: Tensor) -> Tensor:
        """B×N×L scores of the labels of the arcs from ``heads`` (B×N word indices)."""
        head = self._head(self.label_head, x).gather(1, heads[..., None].expand(-1, -1, LABEL))
        child = self._head(self.label_child, x)
        scores = torch.einsum("bnh,lhc,bnc->bnl", head, self.label.to(head.dtype), child)
        return scores + self.label_bias_head(head) + self.label_bias_child(child)

    def all_labels(self, x: Tensor) -> Tensor:
        """1×N×N×L scores (child, head, label) of every possible arc, for one chunk."""
        head, child = self._head(self.label_head, x), self._head(self.label_child, x)
        count, labels = x.shape[1], self.label.shape[0]
        table = self.label.permute(2, 0, 1).reshape(LABEL, labels * LABEL)
        left = (child[0] @ table).view(count * labels, LABEL)
        scores = (left @ head[0].T).view(count, labels, count).permute(0, 2, 1)
        return (scores + self.label_bias_head(head[0])[None] + self.label_bias_child(child[0])[:, None])[None]

    def names(self, x: Tensor, sets: Tensor) -> Tensor:
        """B×N×C name scores under the label convention of each chunk's set (B indices)."""
        hidden = functional.gelu(self.name_hidden(x) + self.sets(sets)[:, None])
        return self.name(functional.dropout(hidden, self.dropout, self.training))

    def refer(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """Two vectors of REFER numbers a word: of what it looks for as an antecedent, of what it is as one.

        Their product says how well the second word would do as the first one's antecedent; 0 stands for none.
        """
        hidden = self._head(self.refer_hidden, x)
        return self.refer_from(hidden), self.refer_to(hidden)


def build_vocabulary(model: Path, out: Path) -> list[int]:
    """Write a word-piece tokenizer for Latin-script text to ``out``; return the rows kept of the embeddings.

    Dropped are the unused slots and the pieces of more than one character of other scripts.
    """
    vocabulary = [line.rstrip("\n") for line in (model / "vocab.txt").open(encoding="utf-8")]
    kept = [i for i, piece in enumerate(vocabulary) if piece in SPECIAL or _useful(piece)]
    kept.sort(key=lambda i: (vocabulary[i] not in SPECIAL, i))
    cut = models.WordPiece({vocabulary[row]: at for at, row in enumerate(kept)}, unk_token="[UNK]")
    tokenizer = Tokenizer(cut)
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.save(str(out), pretty=False)
    return kept


def _useful(piece: str) -> bool:
    text = piece.removeprefix("##")
    return (not piece.startswith("[") and (len(text) == 1 or all(ord(c) < 0x250 for c in text))) or piece == "["


def load_pretrained(network: Network, model: Path, rows: list[int]) -> None:
    """Copy the encoder weights of ``model`` (a BERT folder) into ``network``; ``rows`` from build_vocabulary."""
    config = json.loads((model / "config.json").read_text())
    assert (config["hidden_size"], config["num_hidden_layers"]) == (WIDTH, LAYERS)
    weights = {
        key.removeprefix("bert."): value.float() for key, value in load_file(model / "model.safetensors").items()
    }
    network.pieces.weight.data = weights["embeddings.word_embeddings.weight"][rows].clone()
    types = weights["embeddings.token_type_embeddings.weight"][0]
    network.positions.weight.data = weights["embeddings.position_embeddings.weight"] + types
    _copy(network.norm, weights, "embeddings.LayerNorm")
    for index, layer in enumerate(network.layers):
        prefix = f"encoder.layer.{index}."
        parts = [f"{prefix}attention.self.{name}" for name in ("query", "key", "value")]
        assert isinstance(layer, Layer)
        layer.attend.weight.data = torch.cat([weights[f"{part}.weight"] for part in parts])
        layer.attend.bias.data = torch.cat([weights[f"{part}.bias"] for part in parts])
        _copy(layer.mix, weights, f"{prefix}attention.output.dense")
        _copy(layer.norm1, weights, f"{prefix}attention.output.LayerNorm")
        _copy(layer.up, weights, f"{prefix}intermediate.dense")
        _copy(layer.down, weights, f"{prefix}output.dense")
        _copy(layer.norm2, weights, f"{prefix}output.LayerNorm")


def _copy(module: nn.Linear | nn.LayerNorm, weights: dict[str, Tensor], name: str) -> None:
    module.weight.data = weights[f"{name}.weight"].clone()
    module.bias.data = weights[f"{name}.bias"].clone()
