"""Syncproof: proof that ERP, MES, WMS and quality systems agree on what the product is."""

__version__ = "0.1.0"
