"""Writes the mean vector of each language, over the names and synonyms of all themes, to text/data/language_means.npy."""

import argparse
from random import Random

import numpy

from core.languages import LANGUAGES
from taxonomy import files
from text import encoder

TERMS = 3000  # of each language: more change nothing


def main(arguments: list[str]) -> None:
    argparse.ArgumentParser(prog="bench language_means", description=__doc__).parse_args(arguments)
    model = encoder.SentenceEncoder()
    means = [model.raw(terms(language)).mean(axis=0) for language in LANGUAGES]
    numpy.save(encoder.MEANS, numpy.array(means, numpy.float32))
    print(f"{encoder.MEANS} written: raise VERSION in text/encoder.py, and read every vector again.")


def terms(language: str) -> list[str]:
    found = [
        name for row in files.read("themes") for name in (row[f"name_{language}"], *files.split(row[f"synonyms_{language}"]))
    ]
    return Random(language).sample(found, min(TERMS, len(found)))
