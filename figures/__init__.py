"""Figures: numbers from the data, geometry from the numbers, SVG by templates.

drawing        what every figure shares, and the file that stands alone
claim_index    for each value that claims name, the claims that name it
columns        the groups of claims that a column of a Sankey diagram shows
sankey         nodes and links; bar_chart the same for narrow screens
matrix         marks where rows and columns meet
source_matrix  markers and cell types by source
trials         outcomes by condition
doses          doses on a log axis, one a unit
coverage       what is supported, conflicting or not reported
"""
