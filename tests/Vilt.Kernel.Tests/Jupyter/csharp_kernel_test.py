"""The C# samples for Jupyter's own conformance tests. Run: python -m unittest -v csharp_kernel_test"""

import unittest

import jupyter_kernel_test

NAME = ".net-csharp"


class CSharpKernelTests(jupyter_kernel_test.KernelTests):
    kernel_name = NAME
    language_name = "C#"
    file_extension = ".cs"

    code_hello_world = 'Console.WriteLine("hello, world");'
    code_stderr = 'Console.Error.WriteLine("oops");'

    completion_samples = [
        {"text": "Console.WriteL", "matches": {"WriteLine"}},
        {"text": "Math.Sq", "matches": {"Sqrt"}},
    ]

    complete_code_samples = ["1 + 1", "var x = 1;", "int Twice(int x)\n{\n    return 2 * x;\n}"]
    incomplete_code_samples = ["for (var i = 0; i < 3; i++)\n{", 'Console.WriteLine("a",', "class A\n{"]
    invalid_code_samples = ["int 5 = x;"]

    code_generate_error = 'throw new InvalidOperationException("no");'

    code_execute_result = [
        {"code": "1 + 2 + 3", "result": "6"},
        {"code": '"text"', "result": "text"},
        {"code": "1.5 * 2", "result": "3"},
        {"code": "1 + 2 + 3", "result": "6"},
        {"code": "1 + 2 * 3", "result": "7"},
        {"code": "1 + 2 + 3", "result": "6"},
    ]

    code_display_data = [
        {"code": 'display("text");', "mime": "text/plain"},
        {"code": 'display(HTML("<b>bold</b>"));', "mime": "text/html"},
        {"code": '"iVBORw0KGgo=".DisplayAs("image/png");', "mime": "image/png"},
    ]

    # Fits three of the codes above, of which two are the same.
    code_history_pattern = "1 + 2 + ?"
    supported_history_operations = ("tail", "range", "search")

    code_inspect_sample = "Console.WriteLine"
    code_clear_output = "clear_output();"

    def test_input(self):
        self.flush_channels()
        answers = []

        def answer(message):
            answers.append(message["content"])
            self.kc.input("Ada")

        outputs = []
        reply = self.kc.execute_interactive(
            'Console.Write("hello " + input("name? "));',
            allow_stdin=True,
            stdin_hook=answer,
            output_hook=lambda message: outputs.append(message["content"].get("text", "")),
            timeout=60,
        )
        self.assertEqual(reply["content"]["status"], "ok")
        self.assertEqual(answers, [{"prompt": "name? ", "password": False}])
        self.assertEqual("".join(outputs), "hello Ada")

    def test_interrupt(self):
        self.flush_channels()
        request = self.kc.execute('display(1);\nawait Task.Delay(-1);')
        while self.kc.get_iopub_msg(timeout=60)["msg_type"] != "display_data":
            pass
        self.km.interrupt_kernel()
        reply = self.kc.get_shell_msg(timeout=60)
        self.assertEqual(reply["parent_header"]["msg_id"], request)
        self.assertEqual(reply["content"]["status"], "error")


if hasattr(jupyter_kernel_test, "IopubWelcomeTests"):  # Since version 0.7.

    class WelcomeTests(jupyter_kernel_test.IopubWelcomeTests):
        kernel_name = NAME
        support_iopub_welcome = True


if __name__ == "__main__":
    unittest.main()
