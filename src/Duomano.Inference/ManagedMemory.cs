namespace Duomano.Inference;

/// <summary>Memory of the collector, which does not hurry with what large models leave of their making.</summary>
internal static class ManagedMemory
{
    /// <summary>Collects what was let go and gives it back to the system.</summary>
    public static void GiveBack() => GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
}
