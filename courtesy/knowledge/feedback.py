"""Whether an article helped, as its readers say; counted, not who said it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F

from courtesy.knowledge.models import ArticleFeedback
from courtesy.pack.model import Article


@transaction.atomic
def judge(article: Article, edition: str, *, helpful: bool, at: datetime) -> None:
    """Count one reader's yes or no for this article in this edition."""
    row, _ = ArticleFeedback.objects.get_or_create(
        article=article.id, language=article.language, edition=edition, defaults={"last_at": at}
    )
    counted = "helpful" if helpful else "unhelpful"
    ArticleFeedback.objects.filter(pk=row.pk).update(**{counted: F(counted) + 1, "last_at": at})
