from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("limits", "0001_initial")]

    operations = [
        migrations.RemoveIndex(model_name="ordermark", name="mark_subject"),
        migrations.AddIndex(
            model_name="ordermark",
            index=models.Index(
                fields=["subject", "placed_at", "received_at"], name="mark_of_subject"
            ),
        ),
    ]
