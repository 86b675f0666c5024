namespace Duomano.Core.Jobs;

/// <summary>How far a job is.</summary>
/// <param name="Stage">What is being done, for people.</param>
/// <param name="Share">0 to 1 of the whole job; 1 when it is done.</param>
public readonly record struct JobProgress(string Stage, double Share);
