from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("courier", "0002_looks"),
    ]

    operations = [
        migrations.AlterField(
            model_name="courier",
            name="active",
            field=models.BooleanField(
                default=True,
                help_text="Otherwise signed out at once, and no order is given to them.",
            ),
        ),
        migrations.AlterField(
            model_name="courier",
            name="name",
            field=models.CharField(
                help_text="First name and name; buyers read “Inès D.”.", max_length=60
            ),
        ),
        migrations.AlterField(
            model_name="courier",
            name="vehicle",
            field=models.CharField(
                choices=[
                    ("bike", "bike"),
                    ("cargo_bike", "cargo bike"),
                    ("foot", "on foot"),
                    ("scooter", "scooter"),
                    ("car", "car"),
                ],
                default="bike",
                max_length=12,
            ),
        ),
    ]
