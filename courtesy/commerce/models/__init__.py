"""The embedded shop's books: catalogue, buyers, orders, deeds, bookings."""

from courtesy.commerce.models.bookings import Booking, Notice, Taken, Waiting
from courtesy.commerce.models.buyers import BalanceEntry, Customer, PaymentMeans
from courtesy.commerce.models.catalogue import Product, Stock, Variant
from courtesy.commerce.models.deeds import Counter, Deed, Invoice
from courtesy.commerce.models.holds import Hold
from courtesy.commerce.models.orders import Line, Order, Payment, Return, ReturnLine, Shipment, Swap

__all__ = [
    "BalanceEntry",
    "Booking",
    "Counter",
    "Customer",
    "Deed",
    "Hold",
    "Invoice",
    "Line",
    "Notice",
    "Order",
    "Payment",
    "PaymentMeans",
    "Product",
    "Return",
    "ReturnLine",
    "Shipment",
    "Stock",
    "Swap",
    "Taken",
    "Variant",
    "Waiting",
]
