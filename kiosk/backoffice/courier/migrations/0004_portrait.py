from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("courier", "0003_words_of_couriers"),
    ]

    operations = [
        migrations.AddField(
            model_name="courier",
            name="portrait",
            field=models.BinaryField(null=True),
        ),
    ]
