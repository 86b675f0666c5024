namespace Duomano.Core.Fingering;

/// <summary>The network that comes with the program; <c>duomano-train hands</c> makes it.</summary>
internal static class BundledNetworks
{
    private static readonly Lazy<NoteNetwork> LazyHands = new(() => Read("hands.net"));

    /// <summary>Judges which hand plays a note: left, right.</summary>
    public static NoteNetwork Hands => LazyHands.Value;

    private static NoteNetwork Read(string name)
    {
        using var stream = typeof(BundledNetworks).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The program was built without {name}.");
        return NoteNetwork.Read(stream);
    }
}
