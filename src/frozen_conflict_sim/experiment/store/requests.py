"""All that was ever requested of a results folder: its studies, each an extension of the one before."""

from __future__ import annotations

from ..load import Experiment
from ..study.extension import Extension
from ..study.size import merged, resized, size_of
from ..study.study import Study
from . import manifest as manifests


def extended(manifest: dict, study: Study) -> Extension:
    """The studies requested of a folder, extended by the study that is wanted now; updates ``manifest``."""
    requested, sizes, kind = size_of(study.experiment), list(manifest["sizes"]), study.experiment.design.kind
    merged([*sizes, requested], kind)
    if _without_replicates(sizes[-1]) == _without_replicates(requested):
        sizes[-1] = max(sizes[-1], requested, key=lambda size: size["replicates"])
    else:
        sizes.append(requested)
    extension = _extension(study, requested, sizes)
    if not extension.added:
        extension = _extension(study, requested, sizes[:-1])
        sizes.pop()
    manifest |= {"question": study.experiment.question, "requested": requested, "sizes": sizes}
    manifest |= {"points": extension.points, "arms": extension.arms[1:]}
    manifest["study"] = manifests.name_of(manifest["family"], manifest["code"], sizes)
    return extension


def complete_experiment(experiment: Experiment, manifest: dict) -> Experiment:
    """The experiment with all runs that were ever requested of a folder."""
    return resized(experiment, merged(manifest["sizes"], experiment.design.kind))


def _extension(study: Study, requested: dict, sizes: list[dict]) -> Extension:
    studies = [study if size == requested else Study(resized(study.experiment, size), large=True) for size in sizes]
    return Extension(studies, study)


def _without_replicates(size: dict) -> dict:
    return {name: value for name, value in size.items() if name != "replicates"}
