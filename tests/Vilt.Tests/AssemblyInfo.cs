// Live tensors are counted over the whole process, so tests run one after the other.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
