// Live tensors are counted over the whole process, and the tests share one server: they run one after the other.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
[assembly: AssemblyFixture(typeof(Vilt.Explorer.Tests.RunningExplorer))]
