using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Vilt.Kernel.Scripting;

/// <summary>Weaves <see cref="CellLine"/> into one method: before each instruction that may run past the end of an array or the range of a number.</summary>
/// <param name="method">A method with a body.</param>
/// <param name="calls">What the assembly is made to use.</param>
/// <param name="isCell">Whether it holds a cell's own statements; their beginnings are marked too.</param>
internal sealed class LineMarks(MethodDefinition method, WovenCalls calls, bool isCell)
{
    private static readonly HashSet<string> CheckedCalls =
        ["System.String.get_Chars", "System.Span`1.get_Item", "System.ReadOnlySpan`1.get_Item"]; // Compiled by the runtime as array accesses are.

    private readonly List<SequencePoint> points = [.. method.DebugInformation.SequencePoints];

    /// <summary>Puts the marks in.</summary>
    /// <param name="il">The method's.</param>
    /// <param name="original">Its instructions as the compiler made them.</param>
    public void Insert(ILProcessor il, IReadOnlyList<Instruction> original)
    {
        NameStart();
        var targets = Targets(original);
        SequencePoint? here = null;
        SequencePoint? marked = null; // What the field holds for certain. In a loop of one line, a second mark can cost more than the line itself.
        var next = 0;
        foreach (var instruction in original.ToList())
        {
            for (; next < points.Count && points[next].Offset <= instruction.Offset; next++)
            {
                here = points[next].IsHidden ? here : points[next];
            }

            marked = targets.Contains(instruction) ? null : marked;
            if (here is not null && IsChecked(instruction))
            {
                if (marked?.StartLine != here.StartLine)
                {
                    Mark(il, instruction.Previous is { OpCode.OpCodeType: OpCodeType.Prefix } prefix ? prefix : instruction, here, calls.Line);
                }

                marked = here;
            }
            else if (instruction.OpCode.FlowControl == FlowControl.Call)
            {
                marked = null; // Other code may have set another.
            }

            if (here?.Offset == instruction.Offset && isCell)
            {
                Mark(il, instruction, here, calls.Statement);
            }
        }
    }

    /// <summary>Instructions that are reached not only from the one before.</summary>
    private HashSet<Instruction> Targets(IEnumerable<Instruction> original) =>
    [
        .. original.SelectMany(instruction => instruction.Operand as Instruction[] ?? (instruction.Operand is Instruction target ? [target] : [])),
        .. method.Body.ExceptionHandlers.SelectMany(handler => new[] { handler.HandlerStart, handler.FilterStart }).OfType<Instruction>(),
    ];

    private static void Mark(ILProcessor il, Instruction place, SequencePoint point, FieldReference field)
    {
        var mark = CellLine.Mark(new(Cell.NameOf(point.Document.Url) ?? "", point.StartLine));
        var moved = MethodWeaver.InsertBefore(il, place, Instruction.Create(OpCodes.Ldc_I4, mark));
        MethodWeaver.InsertBefore(il, moved, Instruction.Create(OpCodes.Stsfld, field));
    }

    /// <summary>A state machine's method begins with hidden code, so an exception from its end would have no file.</summary>
    private void NameStart()
    {
        if (points is [{ IsHidden: true, Offset: 0 } start, ..] && points.Find(point => !point.IsHidden) is { } first)
        {
            (start.Document, start.StartLine, start.StartColumn) = (first.Document, first.StartLine, first.StartColumn);
            (start.EndLine, start.EndColumn) = (first.EndLine, first.EndColumn);
        }
    }

    private static bool IsChecked(Instruction instruction) => instruction.OpCode.Code switch
    {
        Code.Call or Code.Callvirt => instruction.Operand is MethodReference { DeclaringType: var type } called
            && (type.IsArray || CheckedCalls.Contains($"{type.Namespace}.{type.Name}.{called.Name}")),
        Code.Newarr or Code.Throw => true, // A throw has its own line, which an earlier mark must not hide.
        var code => code is (>= Code.Ldelema and <= Code.Stelem_Any) or (>= Code.Add_Ovf and <= Code.Sub_Ovf_Un)
            or (>= Code.Conv_Ovf_I1_Un and <= Code.Conv_Ovf_U_Un) or (>= Code.Conv_Ovf_I1 and <= Code.Conv_Ovf_U8)
            or Code.Conv_Ovf_I or Code.Conv_Ovf_U or (>= Code.Div and <= Code.Rem_Un),
    };
}
