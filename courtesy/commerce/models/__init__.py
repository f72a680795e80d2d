"""The embedded shop's books: catalogue, buyers, orders, deeds, bookings, parcels on their way."""

from courtesy.commerce.models.bookings import Booking, Notice, Taken, Waiting
from courtesy.commerce.models.buyers import BalanceEntry, Customer, PaymentMeans
from courtesy.commerce.models.catalogue import Product, Stock, Variant
from courtesy.commerce.models.deeds import Counter, CreditNote, Deed, Invoice
from courtesy.commerce.models.holds import Hold
from courtesy.commerce.models.orders import Line, Order, Payment, Return, ReturnLine, Shipment, Swap
from courtesy.commerce.models.parcels import DeliveryNotice, ParcelEvent

__all__ = [
    "BalanceEntry",
    "Booking",
    "Counter",
    "CreditNote",
    "Customer",
    "Deed",
    "DeliveryNotice",
    "Hold",
    "Invoice",
    "Line",
    "Notice",
    "Order",
    "ParcelEvent",
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
