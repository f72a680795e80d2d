"""Understanding measured on public kits, beside a plain reference."""
