namespace Duomano.Core.Fingering;

/// <summary>The network that comes with the program; <c>duomano-train hands</c> makes it.</summary>
internal static class BundledNetworks
{
    private static readonly Lazy<HandNetwork> LazyHands = new(() => Open("hands.net", HandNetwork.Read));

    /// <summary>Judges which hand plays a note: left, right.</summary>
    public static HandNetwork Hands => LazyHands.Value;

    /// <summary>Reads what is built into the program under a name.</summary>
    public static T Open<T>(string name, Func<Stream, T> read)
    {
        using var stream = typeof(BundledNetworks).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The program was built without {name}.");
        return read(stream);
    }
}
