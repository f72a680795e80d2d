"""The embedded shop's books: catalogue, buyers, orders, deeds."""

from courtesy.commerce.models.buyers import BalanceEntry, Customer, PaymentMeans
from courtesy.commerce.models.catalogue import Product, Stock, Variant
from courtesy.commerce.models.deeds import Counter, Deed, Invoice
from courtesy.commerce.models.orders import Line, Order, Payment, Return, ReturnLine, Shipment, Swap

__all__ = [
    "BalanceEntry",
    "Counter",
    "Customer",
    "Deed",
    "Invoice",
    "Line",
    "Order",
    "Payment",
    "PaymentMeans",
    "Product",
    "Return",
    "ReturnLine",
    "Shipment",
    "Stock",
    "Swap",
    "Variant",
]
