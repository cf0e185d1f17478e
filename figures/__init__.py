"""Figures: numbers from the data, geometry from the numbers, SVG by templates.

drawing    what every drawing shares, and the file that stands alone
slots      what each claim names, read in a fixed number of queries
columns    which elements a column of a flow shows, each with the filter that finds its claims
flow       where plates and strands stand
matrix     rows × columns of marks, for any two kinds of thing
catalogue  markers and cell types by source
trials     outcomes by condition
doses      doses on a log axis, one a unit
coverage   what is supported, conflicting or not reported
pages      views and panels that show them
"""
