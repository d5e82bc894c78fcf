using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Vilt.Kernel.Scripting;

/// <summary>Weaves one method: a check at its start and before each jump back, and for a cell's own statements before each of them.</summary>
/// <param name="method">A method with a body.</param>
/// <param name="calls">What is called.</param>
internal sealed class MethodWeaver(MethodDefinition method, WovenCalls calls)
{
    private const string Statements = "<<Initialize>>"; // How the compiler names the function that holds a cell's statements.
    private const string StateMachine = "System.Runtime.CompilerServices.IAsyncStateMachine";

    private readonly Instruction[] original = method.Body.Instructions.ToArray();

    private readonly bool isAsync =
        method.Name == "MoveNext" && method.DeclaringType.Interfaces.Any(contract => contract.InterfaceType.FullName == StateMachine);

    private bool IsCell => isAsync && method.DeclaringType.Name.StartsWith(Statements, StringComparison.Ordinal);

    /// <summary>Whether all that the method does is to start a state machine, whose own check then fails its task and not the call.</summary>
    private bool IsStart => method.CustomAttributes.Any(attribute =>
        attribute.AttributeType.Name is "AsyncStateMachineAttribute" or "AsyncIteratorStateMachineAttribute" or "IteratorStateMachineAttribute");

    private bool IsSmall => method.IsConstructor || method.IsGetter || method.IsSetter || method.Name == "SetStateMachine";

    public void Weave()
    {
        var il = method.Body.GetILProcessor();
        var steps = PlacesOfSteps().ToList();
        var entry = Entry();
        foreach (var instruction in original)
        {
            instruction.OpCode = LongForm(instruction.OpCode); // The distance may grow.
        }

        // Exceptions get their lines from the sequence points. The rest serves debuggers and would have to follow each change.
        method.DebugInformation.Scope = null;
        method.DebugInformation.CustomDebugInformations.Clear();
        ReplaceCalls(il);
        KeepFrames(il);
        if (IsCell)
        {
            InsertBeforeCalls(il);
        }

        new LineMarks(method, calls, IsCell).Insert(il, original);

        foreach (var place in steps)
        {
            InsertBefore(il, place, Instruction.Create(OpCodes.Call, calls.Step));
        }

        if (entry is not null)
        {
            InsertBefore(il, Start(), Instruction.Create(OpCodes.Call, entry));
        }
    }

    /// <summary>
    /// A method that calls nothing can't recurse, but a library may call it forever. Plain accessors and constructors are left as they are.
    /// So are static constructors: one that throws breaks its class for good.
    /// </summary>
    private MethodReference? Entry()
    {
        if ((method.IsConstructor && method.IsStatic) || IsStart || method.Name == "<Factory>")
        {
            return null;
        }

        return isAsync ? calls.AsyncCall : original.Any(IsCall) ? calls.Call : IsSmall ? null : calls.Step;
    }

    /// <summary>From the start of its outermost <c>try</c>, an async method's exceptions go to its task.</summary>
    private Instruction Start() => isAsync ? method.Body.ExceptionHandlers.MinBy(handler => handler.TryStart.Offset)!.TryStart : original[0];

    private static bool IsCall(Instruction instruction) =>
        instruction.OpCode.FlowControl == FlowControl.Call
        && instruction.Operand is not MethodReference { Name: ".ctor", DeclaringType.FullName: "System.Object" };

    private IEnumerable<Instruction> PlacesOfSteps()
    {
        var jumps = original.Where(instruction => instruction.Operand switch
        {
            Instruction target => target.Offset <= instruction.Offset,
            Instruction[] targets => targets.Any(target => target.Offset <= instruction.Offset),
            _ => false,
        });
        return IsCell ? jumps.Concat(StartsOfStatements()).Distinct() : jumps;
    }

    private IEnumerable<Instruction> StartsOfStatements()
    {
        var starts = method.DebugInformation.SequencePoints.Where(point => !point.IsHidden).Select(point => point.Offset).ToHashSet();
        return original.Where(instruction => starts.Contains(instruction.Offset));
    }

    private void ReplaceCalls(ILProcessor il)
    {
        foreach (var instruction in original)
        {
            var isBase = instruction.OpCode == OpCodes.Call && instruction.Operand is MethodReference { Name: ".ctor" }; // Nothing new is made.
            if (!isBase && instruction.Operand is MethodReference called && calls.Replacement(called, isAsync) is { } replacement)
            {
                var call = instruction;
                foreach (var argument in replacement.Arguments)
                {
                    call = InsertBefore(il, call, argument);
                }

                (call.OpCode, call.Operand) = (OpCodes.Call, replacement.Method);
            }
        }
    }

    /// <summary>
    /// A call right before a return may take its caller's place on the stack: recursion without end would then go on forever instead of
    /// filling the stack.
    /// </summary>
    private void KeepFrames(ILProcessor il)
    {
        foreach (var instruction in original)
        {
            if (instruction.OpCode == OpCodes.Ret && instruction.Previous?.OpCode.FlowControl == FlowControl.Call)
            {
                InsertBefore(il, instruction, Instruction.Create(OpCodes.Nop));
            }
        }
    }

    private void InsertBeforeCalls(ILProcessor il)
    {
        foreach (var instruction in original)
        {
            if (instruction.Operand is MethodReference called && calls.Before(called) is { } before)
            {
                InsertBefore(il, instruction, Instruction.Create(OpCodes.Call, before));
            }
        }
    }

    /// <summary>
    /// Puts an instruction in the place of another, and the other behind it: jumps to the place, blocks that begin there and its line number
    /// then belong to the new one.
    /// </summary>
    /// <returns>The other.</returns>
    public static Instruction InsertBefore(ILProcessor il, Instruction place, Instruction inserted)
    {
        var moved = Instruction.Create(OpCodes.Nop);
        (moved.OpCode, moved.Operand) = (place.OpCode, place.Operand);
        (place.OpCode, place.Operand) = (inserted.OpCode, inserted.Operand);
        il.InsertAfter(place, moved);
        return moved;
    }

    private static OpCode LongForm(OpCode code) => code.Code switch
    {
        Code.Br_S => OpCodes.Br,
        Code.Brfalse_S => OpCodes.Brfalse,
        Code.Brtrue_S => OpCodes.Brtrue,
        Code.Beq_S => OpCodes.Beq,
        Code.Bge_S => OpCodes.Bge,
        Code.Bgt_S => OpCodes.Bgt,
        Code.Ble_S => OpCodes.Ble,
        Code.Blt_S => OpCodes.Blt,
        Code.Bne_Un_S => OpCodes.Bne_Un,
        Code.Bge_Un_S => OpCodes.Bge_Un,
        Code.Bgt_Un_S => OpCodes.Bgt_Un,
        Code.Ble_Un_S => OpCodes.Ble_Un,
        Code.Blt_Un_S => OpCodes.Blt_Un,
        Code.Leave_S => OpCodes.Leave,
        _ => code,
    };
}
