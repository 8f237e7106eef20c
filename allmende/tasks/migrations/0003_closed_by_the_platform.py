"""The platform itself may close a task: what was to be done has happened, or cannot be done any more."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tasks", "0002_guards")]
    operations = [
        migrations.RemoveConstraint(model_name="task", name="tasks_task_closed_completely"),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_at", None), ("closed_by", None), ("state", "open")),
                    models.Q(models.Q(("state", "open"), _negated=True), ("closed_at__isnull", False)),
                    _connector="OR",
                ),
                name="tasks_task_closed_completely",
            ),
        ),
    ]
