"""Text in three languages, as pure functions: no models, no database, no settings.

`analyser` makes the same tokens for the index, the query and the highlighter; `concepts` recognises vocabulary in them;
`namekey` lets Latin and Arabic spellings of a name meet; `spelling` corrects a word; `highlight` cuts text for display.
"""
