"""The network: its shape, and what it refuses to load."""

from __future__ import annotations

import pickle
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

torch = pytest.importorskip("torch")
pytest.importorskip("transformers")

from gouji.model.labels import LABELS  # noqa: E402
from gouji.model.network import WeightsError, load_network, new_network  # noqa: E402
from gouji.model.windows import cover  # noqa: E402


def test_a_new_network_gives_one_logit_for_each_label_of_each_token():
    network = new_network(50)

    logits = network(input_ids=torch.ones((2, 10), dtype=torch.int64)).logits

    assert logits.shape == (2, 10, len(LABELS))
    assert network.config.id2label == dict(enumerate(LABELS))


def test_a_saved_network_is_loaded_with_the_same_weights(tmp_path: Path):
    network = new_network(50)
    network.save_pretrained(tmp_path)

    loaded = load_network(tmp_path)

    ours, theirs = network.state_dict(), loaded.state_dict()
    assert ours.keys() == theirs.keys()
    assert all(torch.equal(ours[name], theirs[name]) for name in ours)


def test_the_table_of_positions_is_a_constant_of_a_new_network_and_of_one_that_was_loaded(tmp_path: Path):
    network = new_network(50)
    network.save_pretrained(tmp_path)

    for each in (network, load_network(tmp_path)):
        constants = [name for name, weight in each.named_parameters() if not weight.requires_grad]
        assert constants == ["roformer.encoder.embed_positions.weight"]


def test_pickled_weights_are_refused_by_name_and_never_opened(tmp_path: Path):
    class Bomb:
        def __reduce__(self):
            return Path.touch, (tmp_path / "exploded",)

    new_network(50).config.save_pretrained(tmp_path)
    (tmp_path / "pytorch_model.bin").write_bytes(pickle.dumps(Bomb()))

    with pytest.raises(WeightsError, match=r"pytorch_model\.bin.*expected model\.safetensors"):
        load_network(tmp_path)

    assert not (tmp_path / "exploded").exists()


def test_a_folder_without_weights_is_refused(tmp_path: Path):
    with pytest.raises(WeightsError, match="no weights"):
        load_network(tmp_path)


def test_safetensors_that_are_none_are_refused(tmp_path: Path):
    new_network(50).config.save_pretrained(tmp_path)
    (tmp_path / "model.safetensors").write_bytes(b"\x80\x04not safetensors")

    with pytest.raises(WeightsError, match="no network could be read"):
        load_network(tmp_path)


@given(length=st.integers(0, 5000), window=st.integers(2, 300), overlap=st.integers(0, 299))
def test_windows_tag_every_token_once_each_where_it_is_most_central(length: int, window: int, overlap: int):
    assume(overlap < window)

    windows = cover(length, window=window, overlap=overlap)

    assert [token for w in windows for token in range(w.first, w.last)] == list(range(length))
    assert len({w.end - w.start for w in windows}) <= 1
    for left, right in pairwise(windows):
        assert left.end - right.start >= overlap
        assert abs((left.end - right.first) - (right.first - right.start)) <= 1
    for w in windows:
        assert 0 <= w.start <= w.first < w.last <= w.end <= length
        assert w.end - w.start <= window
