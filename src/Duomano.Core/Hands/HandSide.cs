namespace Duomano.Core.Hands;

/// <summary>Which of the two hands.</summary>
public enum HandSide
{
    /// <summary>The left hand, a mirror image of the right one.</summary>
    Left = 0,

    /// <summary>The right hand, the one every skeleton and solver is written for.</summary>
    Right = 1,
}

/// <summary>Relations between the two sides.</summary>
public static class HandSides
{
    /// <summary>Both sides, left first.</summary>
    public static IReadOnlyList<HandSide> Both { get; } = [HandSide.Left, HandSide.Right];

    /// <summary>The opposite hand.</summary>
    public static HandSide Other(this HandSide side) => side == HandSide.Left ? HandSide.Right : HandSide.Left;

    /// <summary>Works on both sides, at once where there is more than one thread.</summary>
    internal static void ForBoth(int threads, Action<HandSide> work)
    {
        if (threads > 1) Parallel.ForEach(Both, work);
        else foreach (var side in Both) work(side);
    }

    /// <summary>"left" or "right", as file formats and messages spell it.</summary>
    public static string Name(this HandSide side) => side == HandSide.Left ? "left" : "right";
}
