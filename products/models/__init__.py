"""Rows of the catalogue, by subject."""

from products.models.businesses import Business, Certificate, LinkUse, PersonalLink
from products.models.catalogue import Need, PriceTier, Product
from products.models.evidence import EvidenceFile
from products.models.imports import ImportBatch, ImportedRow
from products.models.photos import Photo
from products.models.production import ProductionProof
from products.models.reference import Category, CategoryComplement, Unit
from products.models.revisions import ProductRevision
from products.models.search import SearchSynonym, SearchWord
from products.models.searches import SavedSearch, Subscriber

__all__ = [
    "Business",
    "Category",
    "CategoryComplement",
    "Certificate",
    "EvidenceFile",
    "ImportBatch",
    "ImportedRow",
    "LinkUse",
    "Need",
    "PersonalLink",
    "Photo",
    "PriceTier",
    "Product",
    "ProductRevision",
    "ProductionProof",
    "SavedSearch",
    "SearchSynonym",
    "SearchWord",
    "Subscriber",
    "Unit",
]
