namespace Duomano.Core.Playing;

/// <summary>A habit of playing that networks can be told as a number.</summary>
public enum StyleNumber
{
    /// <summary><see cref="PerformanceStyle.WristHeight"/>, metres.</summary>
    WristHeight,

    /// <summary><see cref="PerformanceStyle.FingerCurl"/>, radians.</summary>
    FingerCurl,

    /// <summary><see cref="PerformanceStyle.LiftHeight"/>, metres.</summary>
    LiftHeight,

    /// <summary><see cref="PerformanceStyle.AnticipationSeconds"/>, seconds.</summary>
    Anticipation,

    /// <summary><see cref="PerformanceStyle.WristExpressiveness"/>, 0 to 1.</summary>
    WristExpressiveness,

    /// <summary><see cref="PerformanceStyle.LiftExpressiveness"/>, 0 to 1.</summary>
    LiftExpressiveness,
}
