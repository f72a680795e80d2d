"""Mail on its way in: kept, read, threaded and filed."""
