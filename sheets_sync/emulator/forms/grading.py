"""Automatic points of a quiz."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sheets_sync.emulator.forms.items import all_questions
from sheets_sync.emulator.forms.questions import Json


def graded(form: Json, answers: Mapping[str, Sequence[str]]) -> tuple[dict[str, Json], float | None]:
    """Return (grade per question id, total score) of a quiz; ({}, None) when the form is not one.

    Single-valued questions are right when they match any key, CHECKBOX when the sets are equal.
    Source: discovery CorrectAnswers, Grade, FormResponse.totalScore; zero values stay out of the JSON.
    """
    if not form["settings"].get("quizSettings", {}).get("isQuiz"):
        return {}, None
    grades: dict[str, Json] = {}
    total = 0.0
    for _item, question in all_questions(form["items"]):
        question_id, grading = question["questionId"], question.get("grading", {})
        key = [answer.get("value", "") for answer in grading.get("correctAnswers", {}).get("answers", [])]
        if not key or question_id not in answers:
            continue
        given = answers[question_id]
        many = question.get("choiceQuestion", {}).get("type") == "CHECKBOX"
        right = set(given) == set(key) if many else given[0] in key
        points = float(grading.get("pointValue", 0)) if right else 0.0
        feedback = grading.get("whenRight" if right else "whenWrong") or grading.get("generalFeedback")
        grades[question_id] = (
            ({"score": points} if points else {})
            | ({"correct": True} if right else {})
            | ({"feedback": feedback} if feedback else {})
        )
        total += points
    return grades, total
