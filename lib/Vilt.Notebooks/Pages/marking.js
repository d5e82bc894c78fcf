// Gives the points and comments of the page as a file, in the form that vilt grade reads.
const quoted = text => '"' + (/^[=+\-@\t\r]/.test(text) ? "'" : '') + text.replaceAll('"', '""') + '"';
document.getElementById('save').addEventListener('click', () => {
  const rows = [...document.querySelectorAll('.mark')].map(mark =>
    [mark.dataset.student, mark.dataset.question, mark.querySelector('input').value, mark.querySelector('textarea').value]);
  const table = [['student', 'question', 'points', 'comment'], ...rows].map(row => row.map(quoted).join(',') + '\r\n').join('');
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob(['\ufeff' + table], { type: 'text/csv' }));
  link.download = 'manual.csv';
  link.click();
});
