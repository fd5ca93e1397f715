"""The official figures that have a target for each year."""

TARGETS = {
    "mentees_10_19": "наставляемые 10–19 лет",
    "mentors_15_19": "наставники 15–19 лет",
    "young_teachers": "молодые специалисты",
    "partners": "организации-партнёры",
    "mentees_satisfied": "довольные наставляемые",
    "mentors_satisfied": "довольные наставники",
}
"""Their ids in config/school.yaml and their names in «Настройки» (`План года: …`)."""
