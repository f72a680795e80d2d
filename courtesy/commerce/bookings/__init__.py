"""Bookings: free slots, appointments, the waiting list, and what is owed to say about them."""
