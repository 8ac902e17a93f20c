// What channels and routes are asked for and kept by.

import { useQuery } from "@tanstack/react-query";
import { api, data } from "@/api/client";
import type { ChannelForm, ChannelItem, ChannelsAnswer } from "@/api/types";

export const CHANNELS = ["channels"];
export const KINDS = ["wecom", "dingtalk", "feishu", "webhook", "mail"] as const;
export const SEVERITIES = ["informational", "low", "medium", "high", "critical"] as const;
export const FAMILIES = [
  "volume",
  "duty",
  "time_and_place",
  "probing",
  "privilege",
  "leaver",
  "scraping",
  "canary",
  "other",
] as const;
export const HOURS = ["always", "working", "nights"] as const;

/** Messages of a minute that a kind takes, and what a new channel begins with. */
export const MOST = { wecom: 20, dingtalk: 20, feishu: 100, webhook: 600, mail: 600 } as const;
export const USUAL = { wecom: 20, dingtalk: 20, feishu: 60, webhook: 60, mail: 10 } as const;

export type Kind = ChannelItem["kind"];
export type Route = ChannelsAnswer["routes"][number];

export const useChannels = () =>
  useQuery({ queryKey: [...CHANNELS, "set"], queryFn: () => data(api.GET("/api/v1/admin/channels")) });

/** A channel as it is sent back unchanged: what is secret about it stays. */
export function asForm({ shown: _, has_secret: __, ...channel }: ChannelItem): ChannelForm {
  return { ...channel, renew: false };
}

export const putChannels = (channels: ChannelForm[], routes: Route[]) =>
  data(api.PUT("/api/v1/admin/channels", { body: { channels, routes } }));
