// Live tensors are counted over the whole process, so tests run one after the other.
[assembly: Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
