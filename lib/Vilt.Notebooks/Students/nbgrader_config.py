"""What nbgrader needs to know of this course: its notebooks are in C#, and training takes a while."""
from pathlib import Path

import nbformat
from nbclient.exceptions import DeadKernelError
from nbconvert.preprocessors import ClearMetadataPreprocessor
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output
from nbgrader.api import Gradebook
from nbgrader.preprocessors import (AssignLatePenalties, CheckCellMetadata, ClearOutput, Execute, IgnorePattern, LimitOutput,
                                    OverwriteCells, OverwriteKernelspec, SaveAutoGrades)

COURSE = Path(__file__).parent


class RestoreCells(OverwriteCells):
    """
    Takes out copies of cells, and puts back, in its place, every cell that nbgrader knows and a student has deleted, those before a
    check included. nbgrader itself stops at a notebook with copies.
    """

    def preprocess(self, nb, resources):
        nb.cells = self.without_copies(nb.cells)
        nb, resources = super().preprocess(nb, resources)
        settings = resources["nbgrader"]
        with Gradebook(settings["db_url"]) as gradebook:
            source = gradebook.find_notebook(settings["notebook"], settings["assignment"])
            points = {cell.name: cell.max_score for cell in source.grade_cells}
            answers = {cell.name for cell in source.solution_cells}
            known = {cell.name: cell for cell in source.source_cells}
        place = 0
        for cell in self.handed_out(settings):  # nbgrader's own list does not have the cells between
            name = cell.metadata.get("nbgrader", {}).get("grade_id")
            places = [i for i, own in enumerate(nb.cells) if self.are_same(own, cell, name)]
            if places:
                place = places[0] + 1
            elif name in known:
                nb.cells.insert(place, self.restored(known[name], points.get(name), name in answers))
                self.log.warning("Cell '%s' was deleted: it is there again.", name)
                place += 1
        return nb, resources

    def without_copies(self, cells):
        names, kept = set(), []
        for cell in reversed(cells):
            data = cell.metadata.get("nbgrader", {})
            name = data.get("grade_id")
            if name in names:
                self.log.warning("There was a second cell '%s'.", name)
                if data.get("locked"):
                    continue
                del cell.metadata["nbgrader"]
            elif name:
                names.add(name)
            kept.append(cell)
        return kept[::-1]

    @staticmethod
    def handed_out(settings):
        path = COURSE / "source" / settings["assignment"] / (settings["notebook"] + ".ipynb")
        return nbformat.read(path, as_version=4).cells

    @staticmethod
    def are_same(own, cell, name):
        return own.metadata.get("nbgrader", {}).get("grade_id") == name if name else own.source == cell.source

    @staticmethod
    def restored(cell, points, is_answer):
        data = dict(schema_version=3, grade_id=cell.name, grade=points is not None, solution=is_answer, task=False,
                    locked=cell.locked, checksum=cell.checksum, cell_type=cell.cell_type)
        if points is not None:
            data["points"] = points
        new_cell = new_code_cell if cell.cell_type == "code" else new_markdown_cell
        return new_cell(cell.source, metadata=dict(nbgrader=data))


class ExecuteWhatCan(Execute):
    """A cell that ends the kernel costs its points and those of the cells after it, where nbgrader itself drops the student's notebook."""

    def preprocess_cell(self, cell, resources, index):
        self.reached = index
        return super().preprocess_cell(cell, resources, index)

    def preprocess(self, nb, resources, **options):
        self.reached = 0
        try:
            return super().preprocess(nb, resources, **options)
        except DeadKernelError:
            message = "The kernel ended in this cell, or before it."
            for cell in nb.cells[self.reached:]:
                if cell.cell_type == "code":
                    cell.outputs.append(new_output("error", ename="DeadKernelError", evalue=message, traceback=[message]))
            return nb, resources


c = get_config()  # noqa: F821
c.CourseDirectory.course_id = "vilt"
# What a lesson draws and trains lies beside it: no part of what is handed in or given back.
c.CourseDirectory.ignore = [".ipynb_checkpoints", "*.pyc", "__pycache__", "feedback", "artifacts"]
c.ClearSolutions.code_stub = {"C#": CODE_STUB}
c.ClearSolutions.text_stub = TEXT_STUB
c.Autograde.sanitize_preprocessors = [ClearOutput, OverwriteKernelspec, RestoreCells, CheckCellMetadata]
c.Autograde.autograde_preprocessors = [ExecuteWhatCan, IgnorePattern, ClearMetadataPreprocessor, LimitOutput, SaveAutoGrades,
                                       AssignLatePenalties, CheckCellMetadata]
c.Execute.timeout = 600
c.Execute.startup_timeout = 120
c.Execute.iopub_timeout = 60
