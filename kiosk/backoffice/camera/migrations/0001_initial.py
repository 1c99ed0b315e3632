"""The tables of couriers' cameras."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("orders", "0002_sealed_orders"),
    ]

    operations = [
        migrations.CreateModel(
            name="StreamToDrop",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("channel", models.CharField(max_length=32)),
                ("publisher", models.CharField(max_length=64)),
                ("since", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "ordering": ["since"],
            },
        ),
        migrations.CreateModel(
            name="Camera",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("channel", models.CharField(max_length=32, unique=True)),
                ("key_sha256", models.CharField(blank=True, db_index=True, max_length=64)),
                ("opened_at", models.DateTimeField(blank=True, null=True)),
                ("expires_at", models.DateTimeField(blank=True, null=True)),
                ("publisher", models.CharField(blank=True, max_length=64)),
                ("live_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("buyer_allows", models.BooleanField(default=False)),
                ("courier_allows", models.BooleanField(default=False)),
                (
                    "delivery",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="camera",
                        to="orders.delivery",
                    ),
                ),
            ],
            options={
                "verbose_name": "camera",
            },
        ),
    ]
