import type { PlanReason } from '@promptside/backstage-plugin-genai-common';
import { taskLimits } from './commonLimits';
import type { EngineSpoke, LimitsQuestion } from './EngineSpoke';

/** Device files that the kubelet hands to a pod keep the node's owner: on AMD and Intel nodes often a group, not everybody. */
const GUARDED = new Set(['amd', 'intel']);

/**
 * Everything an engine has to say against the combination, or about it. Order: what refuses first.
 *
 * @public
 */
export function engineLimits(
  spoke: EngineSpoke,
  question: LimitsQuestion,
): PlanReason[] {
  const { level, reason } = spoke.security(question);
  const reasons: PlanReason[] = [
    ...taskLimits(spoke.title, question, spoke.tasks),
    ...spoke.limits(question),
    ...(spoke.notice
      ? [
          {
            code: 'EngineNotice',
            field: 'engine',
            severity: 'Warning' as const,
            message: spoke.notice,
          },
        ]
      : []),
    ...(level !== 'restricted' && reason
      ? [
          {
            code: 'PodSecurityNotRestricted',
            field: 'engine',
            severity: 'Warning' as const,
            message: `${reason} The namespace must enforce Pod Security "${level}" at most.`,
          },
        ]
      : []),
    ...(GUARDED.has(question.platform)
      ? [
          {
            code: 'DeviceGroup',
            field: 'deviceGroup',
            severity: 'Info' as const,
            message:
              'Where device files on the nodes belong to a group (render), give its number as spec.accelerator.deviceGroup; else the engine finds no GPU.',
          },
        ]
      : []),
  ];
  const refusing = ({ severity }: PlanReason) => severity === 'Blocking';
  return [
    ...reasons.filter(refusing),
    ...reasons.filter(each => !refusing(each)),
  ];
}
