namespace Duomano.Core.Hands;

/// <summary>The proportions of one of this project's own hands.</summary>
public enum HandBuild
{
    /// <summary>
    /// A pianist's hand: long slender fingers and a narrow palm, as measured from three hours of recorded playing seen from
    /// above and from the joints in a video of it.
    /// </summary>
    Pianist,

    /// <summary>An average adult's hand (Buryanov and Kotiuk 2010, "Proportions of hand segments"); older models and corpora have it.</summary>
    Average,
}

/// <summary>Names of builds.</summary>
public static class HandBuilds
{
    /// <summary>What files call a build: "pianist" or "average".</summary>
    public static string Name(this HandBuild build) => build switch
    {
        HandBuild.Pianist => "pianist",
        HandBuild.Average => "average",
        _ => throw new ArgumentOutOfRangeException(nameof(build), build, "There is no such build."),
    };

    /// <summary>The build that a file names; null for a name that there is not.</summary>
    public static HandBuild? Find(string name) => name switch
    {
        "pianist" => HandBuild.Pianist,
        "average" => HandBuild.Average,
        _ => null,
    };
}
