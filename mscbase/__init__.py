"""MSCbase: a curated knowledge base on mesenchymal stem cells."""

__version__ = "0.1.0"
