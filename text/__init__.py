"""Text in three languages, as pure functions: no models, no database, no settings.

    fold        one spelling for letters that readers take as one
    analyser    tokens and lexemes, the same for index, query and highlighter
    concepts    recognises the vocabulary in tokens
    highlight   marks what matched in the original text
    namekey     keys by which Latin and Arabic spellings of a name meet; namerank puts the right person first
    spelling    the words one slip away

Measured by `python -m bench.names` and by tests/text (Arabic families).
"""
